package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.Function;
import galois.batch.FieldType;

import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Calls of scalar functions in all their spellings: each becomes a {@link LibraryFunction} with its
 * arguments in our order, or the CASE that defines it.
 */
final class FunctionRewriter {
    private static final Set<String> NOW =
            Set.of("CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "NOW", "EVENT_TIME");

    /** More operands of one CONCAT are split: each writes code. */
    private static final int CONCAT_MAX = 8;

    private final QueryPlaces places;
    private final ExpressionRewriter expressions;
    private final PatternRewriter patterns;
    private final TimeText times;

    FunctionRewriter(QueryPlaces places, ExpressionRewriter expressions) {
        this.places = places;
        this.expressions = expressions;
        this.patterns = new PatternRewriter(places, expressions);
        this.times = new TimeText(places, expressions);
    }

    /** What a name without parentheses means; null if it is a column. */
    SqlNode constant(SqlIdentifier name) {
        if (!name.isSimple() || name.isComponentQuoted(0)) {
            return null;
        }
        return nullary(name.getSimple().toUpperCase(Locale.ROOT), name.getParserPosition());
    }

    private static SqlNode nullary(String name, SqlParserPos at) {
        if (NOW.contains(name)) {
            return make(Function.EVENT_TIME, at);
        }
        return switch (name) {
            case "CURRENT_DATE" -> cast(make(Function.EVENT_TIME, at), FieldType.DATE, at);
            case "CURRENT_TIME", "LOCALTIME" ->
                    cast(make(Function.EVENT_TIME, at), FieldType.TIME, at);
            case "PI" ->
                    ExpressionRewriter.constant(FieldType.DOUBLE, Double.toString(Math.PI), at);
            default -> null;
        };
    }

    private static SqlNode cast(SqlNode value, FieldType type, SqlParserPos at) {
        return SqlStdOperatorTable.CAST.createCall(at, value, type(type, at));
    }

    /** A type as CAST takes it. */
    static SqlNode type(FieldType type, SqlParserPos at) {
        return new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypes.nameOf(type), at), at);
    }

    private static SqlNode make(Function function, SqlParserPos at, SqlNode... operands) {
        return FunctionTable.of(function).createCall(at, operands);
    }

    private static SqlNode make(Function function, SqlParserPos at, List<SqlNode> operands) {
        return FunctionTable.of(function).createCall(at, operands);
    }

    /**
     * @param name of the operator in upper case
     * @return null when it is no scalar function of ours
     */
    SqlNode rewrite(SqlCall call, String name) {
        SqlParserPos at = call.getParserPosition();
        if (call.operandCount() == 0 && name.equals("PROCTIME")) {
            return make(Function.ARRIVAL_TIME, at);
        }
        if (call.operandCount() == 0 && !name.equals("TRY")) {
            return nullary(name, at);
        }
        if (call.operandCount() == 1 && NOW.contains(name)) {
            return make(Function.EVENT_TIME, at);
        }
        if (TimeUnits.FUNCTIONS.containsKey(name)) {
            check(call, 1, 1);
            return make(
                    Function.EXTRACT,
                    at,
                    text(TimeUnits.FUNCTIONS.get(name), at),
                    rewritten(call, 0));
        }
        return switch (name) {
            case "IF", "IIF" -> {
                check(call, 3, 3);
                yield choose(at, rewritten(call, 0), rewritten(call, 1), rewritten(call, 2));
            }
            case "NVL2" -> {
                check(call, 3, 3);
                SqlNode known = SqlStdOperatorTable.IS_NOT_NULL.createCall(at, rewritten(call, 0));
                yield choose(at, known, rewritten(call, 1), rewritten(call, 2));
            }
            case "IS DISTINCT FROM" -> distinct(call, SqlStdOperatorTable.NOT_EQUALS, true);
            case "IS NOT DISTINCT FROM" -> distinct(call, SqlStdOperatorTable.EQUALS, false);
            case "||" -> concat(call);
            case "TRIM" -> trim(call);
            case "STRPOS", "INSTR" -> swapped(call, 2);
            case "LOCATE", "CHARINDEX" -> {
                check(call, 2, 3);
                yield make(Function.POSITION, at, all(call));
            }
            case "OVERLAY" -> overlay(call);
            case "TRANSLATE3" -> named(call, "TRANSLATE");
            case "LOG" -> {
                check(call, 1, 2);
                yield make(call.operandCount() == 1 ? Function.LN : Function.LOG, at, all(call));
            }
            case "TRY" -> {
                check(call, 1, 1);
                yield Operators.of(Function.TRY).createCall(at, rewritten(call, 0));
            }
            case "CONCAT_WS" -> separated(call);
            case "SPLIT_INDEX" -> splitIndex(call);
            case "DATE_FORMAT", "TO_CHAR" ->
                    joined(times.texts(call, name.equals("DATE_FORMAT")), at);
            case "TO_TIMESTAMP", "FROM_UNIXTIME" -> timestamp(call);
            case "EXTRACT", "DATE_PART", "DATE_TRUNC", "TIMESTAMPADD", "TIMESTAMPDIFF" ->
                    time(call, name);
            case "DATEADD", "DATE_ADD" -> time(call, "TIMESTAMPADD");
            case "DATEDIFF", "DATE_DIFF", "TIMESTAMP_DIFF" -> time(call, "TIMESTAMPDIFF");
            case "FLOOR", "CEIL", "CEILING" -> rounded(call, name);
            default -> matched(call, name);
        };
    }

    /** Functions of patterns, and all others. */
    private SqlNode matched(SqlCall call, String name) {
        return switch (name) {
            case "LIKE", "NOT LIKE" -> patterns.operator(call, Function.LIKE);
            case "ILIKE", "NOT ILIKE" -> patterns.operator(call, Function.ILIKE);
            case "SIMILAR TO", "NOT SIMILAR TO" -> patterns.operator(call, Function.SIMILAR);
            case "REGEXP_LIKE",
                    "REGEXP",
                    "REGEXP_MATCHES",
                    "RLIKE",
                    "NOT RLIKE",
                    "~",
                    "!~",
                    "POSIX REGEX CASE SENSITIVE",
                    "NEGATED POSIX REGEX CASE SENSITIVE" ->
                    patterns.operator(call, Function.REGEXP_LIKE);
            case "REGEXP_EXTRACT", "REGEXP_SUBSTR" ->
                    patterns.call(call, Function.REGEXP_EXTRACT, 3);
            case "REGEXP_REPLACE" -> patterns.call(call, Function.REGEXP_REPLACE, 3);
            default -> named(call, name);
        };
    }

    private SqlNode named(SqlCall call, String name) {
        LibraryFunction function = FunctionTable.named(name);
        boolean special = function == null || !function.isDeterministic();
        if (special) {
            return null;
        }
        if (call.getFunctionQuantifier() != null) {
            throw places.unsupported(call, "DISTINCT here", "leave it out");
        }
        return function.createCall(call.getParserPosition(), all(call));
    }

    private SqlNode rewritten(SqlCall call, int operand) {
        return expressions.rewrite(call.operand(operand));
    }

    private List<SqlNode> all(SqlCall call) {
        List<SqlNode> operands = new ArrayList<>();
        call.getOperandList().forEach(operand -> operands.add(expressions.rewrite(operand)));
        return operands;
    }

    private static SqlNode text(String text, SqlParserPos at) {
        return ExpressionRewriter.constant(FieldType.VARCHAR, text, at);
    }

    void check(SqlCall call, int least, int most) {
        if (call.operandCount() < least || call.operandCount() > most) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    call,
                    call.getOperator().getName().toUpperCase(Locale.ROOT)
                            + " takes "
                            + (least == most ? least : least + " to " + most)
                            + (most == 1 ? " argument" : " arguments")
                            + ", found "
                            + call.operandCount());
        }
    }

    private static SqlNode choose(SqlParserPos at, SqlNode when, SqlNode then, SqlNode otherwise) {
        return new SqlCase(
                at,
                null,
                new SqlNodeList(List.of(when), at),
                new SqlNodeList(List.of(then), at),
                otherwise);
    }

    /** CASE WHEN a IS NULL THEN b IS [NOT] NULL WHEN b IS NULL THEN ... ELSE a {@code <>} b END. */
    private SqlNode distinct(SqlCall call, SqlOperator compare, boolean whenOneIsNull) {
        SqlParserPos at = call.getParserPosition();
        SqlOperator other =
                whenOneIsNull ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL;
        SqlNode first = SqlStdOperatorTable.IS_NULL.createCall(at, rewritten(call, 0));
        SqlNode second = SqlStdOperatorTable.IS_NULL.createCall(at, rewritten(call, 1));
        SqlNode inner =
                choose(
                        at,
                        second,
                        SqlLiteral.createBoolean(whenOneIsNull, at),
                        compare.createCall(at, rewritten(call, 0), rewritten(call, 1)));
        return choose(at, first, other.createCall(at, rewritten(call, 1)), inner);
    }

    private SqlNode concat(SqlCall call) {
        List<SqlNode> operands = new ArrayList<>();
        SqlNode left = call;
        List<SqlNode> reversed = new ArrayList<>();
        while (left instanceof SqlCall inner && inner.getOperator().getName().equals("||")) {
            reversed.add(inner.operand(1));
            left = inner.operand(0);
        }
        reversed.add(left);
        for (int i = reversed.size() - 1; i >= 0; i--) {
            operands.add(expressions.rewrite(reversed.get(i)));
        }
        return joined(operands, call.getParserPosition());
    }

    private static SqlNode joined(List<SqlNode> operands, SqlParserPos at) {
        if (operands.size() <= CONCAT_MAX) {
            return make(Function.CONCAT, at, operands);
        }
        List<SqlNode> groups = new ArrayList<>();
        for (int i = 0; i < operands.size(); i += CONCAT_MAX) {
            int end = Math.min(i + CONCAT_MAX, operands.size());
            groups.add(make(Function.CONCAT, at, operands.subList(i, end)));
        }
        return joined(groups, at);
    }

    /** CONCAT_WS: each text that is not NULL behind a separator, without the first separator. */
    private SqlNode separated(SqlCall call) {
        check(call, 2, CONCAT_MAX);
        SqlParserPos at = call.getParserPosition();
        List<SqlNode> texts = new ArrayList<>();
        for (int i = 1; i < call.operandCount(); i++) {
            SqlNode isNull = SqlStdOperatorTable.IS_NULL.createCall(at, rewritten(call, i));
            SqlNode behind = make(Function.CONCAT, at, rewritten(call, 0), rewritten(call, i));
            texts.add(choose(at, isNull, text("", at), behind));
        }
        SqlNode first =
                Operators.of(Function.PLUS)
                        .createCall(
                                at,
                                make(Function.CHAR_LENGTH, at, rewritten(call, 0)),
                                SqlLiteral.createExactNumeric("1", at));
        return make(Function.SUBSTRING, at, joined(texts, at), first);
    }

    /** SPLIT_INDEX(text, delimiter, n): the part n from 0; NULL when there is none. */
    private SqlNode splitIndex(SqlCall call) {
        check(call, 3, 3);
        SqlParserPos at = call.getParserPosition();
        SqlNode whole = make(Function.CHAR_LENGTH, at, rewritten(call, 0));
        SqlNode without =
                make(
                        Function.CHAR_LENGTH,
                        at,
                        make(
                                Function.REPLACE,
                                at,
                                rewritten(call, 0),
                                rewritten(call, 1),
                                text("", at)));
        SqlNode removed = Operators.of(Function.MINUS).createCall(at, whole, without);
        SqlNode needed =
                Operators.of(Function.TIMES)
                        .createCall(
                                at,
                                rewritten(call, 2),
                                make(Function.CHAR_LENGTH, at, rewritten(call, 1)));
        SqlNode isThere =
                SqlStdOperatorTable.AND.createCall(
                        at,
                        SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(
                                at, rewritten(call, 2), SqlLiteral.createExactNumeric("0", at)),
                        SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(at, removed, needed));
        SqlNode place =
                Operators.of(Function.PLUS)
                        .createCall(at, rewritten(call, 2), SqlLiteral.createExactNumeric("1", at));
        SqlNode part = make(Function.SPLIT_PART, at, rewritten(call, 0), rewritten(call, 1), place);
        return choose(at, isThere, part, SqlLiteral.createNull(at));
    }

    /** Of seconds since 1970, or of a constant text. */
    private SqlNode timestamp(SqlCall call) {
        check(call, 1, 1);
        SqlParserPos at = call.getParserPosition();
        return call.operand(0) instanceof SqlCharStringLiteral
                ? cast(rewritten(call, 0), FieldType.TIMESTAMP, at)
                : make(Function.TIMESTAMP_SECONDS, at, all(call));
    }

    private SqlNode trim(SqlCall call) {
        if (!(call.getOperator() instanceof SqlTrimFunction)) {
            return named(call, "TRIM");
        }
        SqlTrimFunction.Flag flag =
                ((SqlLiteral) call.operand(0)).getValueAs(SqlTrimFunction.Flag.class);
        Function function =
                switch (flag) {
                    case BOTH -> Function.TRIM;
                    case LEADING -> Function.LTRIM;
                    case TRAILING -> Function.RTRIM;
                };
        List<SqlNode> operands = new ArrayList<>();
        operands.add(rewritten(call, 2));
        boolean isBlank =
                call.operand(1) instanceof SqlCharStringLiteral text
                        && text.getValueAs(String.class).equals(" ");
        if (!isBlank && call.operand(1) != null) {
            operands.add(rewritten(call, 1));
        }
        return make(function, call.getParserPosition(), operands);
    }

    private SqlNode swapped(SqlCall call, int count) {
        check(call, count, count);
        SqlNode text = rewritten(call, 0);
        SqlNode wanted = rewritten(call, 1);
        return make(Function.POSITION, call.getParserPosition(), wanted, text);
    }

    /** Without a length, as many characters as the replacement has. */
    private SqlNode overlay(SqlCall call) {
        check(call, 3, 4);
        SqlParserPos at = call.getParserPosition();
        List<SqlNode> operands = all(call);
        if (operands.size() == 3) {
            operands.add(make(Function.CHAR_LENGTH, at, rewritten(call, 1)));
        }
        return make(Function.OVERLAY, at, operands);
    }

    private SqlNode time(SqlCall call, String name) {
        Function function = FunctionTable.named(name).function();
        int count = function == Function.EXTRACT || function == Function.DATE_TRUNC ? 2 : 3;
        check(call, count, count);
        TimeUnits.Use use =
                switch (function) {
                    case EXTRACT -> TimeUnits.Use.FIELD;
                    case DATE_TRUNC -> TimeUnits.Use.ROUNDING;
                    default -> TimeUnits.Use.LENGTH;
                };
        SqlParserPos at = call.getParserPosition();
        List<SqlNode> operands = new ArrayList<>();
        operands.add(text(TimeUnits.of(places, call.operand(0), use), at));
        for (int i = 1; i < count; i++) {
            operands.add(rewritten(call, i));
        }
        return make(function, at, operands);
    }

    /** FLOOR(x), or FLOOR(ts TO unit). */
    private SqlNode rounded(SqlCall call, String name) {
        boolean isTime =
                call.operandCount() == 2 && call.operand(1) instanceof SqlIntervalQualifier;
        if (!isTime) {
            return named(call, name);
        }
        SqlParserPos at = call.getParserPosition();
        String unit = TimeUnits.of(places, call.operand(1), TimeUnits.Use.ROUNDING);
        return make(
                name.equals("FLOOR") ? Function.DATE_TRUNC : Function.DATE_CEIL,
                at,
                Arrays.asList(text(unit, at), rewritten(call, 0)));
    }
}
