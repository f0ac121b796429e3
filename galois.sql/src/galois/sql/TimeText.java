package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.Function;
import galois.batch.FieldType;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code DATE_FORMAT(ts, 'yyyy-MM-dd')} and {@code TO_CHAR(ts, 'YYYY-MM-DD')}: the pattern is a
 * constant, so the call becomes the fields of the time and the texts between, one after the other.
 */
final class TimeText {
    /** A pattern longer than this is refused: each part of it is code. */
    static final int PATTERN_MAX = 64;

    /**
     * A part of a pattern.
     *
     * @param width digits; 0: as many as there are
     * @param modulus of the field; 0: none
     */
    private record Part(String word, String unit, int width, int modulus) {}

    /** Letters of java.time.format.DateTimeFormatter, the longest first. */
    private static final List<Part> JAVA =
            List.of(
                    new Part("yyyy", "YEAR", 4, 0),
                    new Part("uuuu", "YEAR", 4, 0),
                    new Part("yy", "YEAR", 2, 100),
                    new Part("MM", "MONTH", 2, 0),
                    new Part("M", "MONTH", 0, 0),
                    new Part("DDD", "DOY", 3, 0),
                    new Part("D", "DOY", 0, 0),
                    new Part("dd", "DAY", 2, 0),
                    new Part("d", "DAY", 0, 0),
                    new Part("HH", "HOUR", 2, 0),
                    new Part("H", "HOUR", 0, 0),
                    new Part("mm", "MINUTE", 2, 0),
                    new Part("m", "MINUTE", 0, 0),
                    new Part("ss", "SECOND", 2, 0),
                    new Part("s", "SECOND", 0, 0),
                    new Part("SSSSSS", "MICROSECOND", 6, 1_000_000),
                    new Part("SSS", "MILLISECOND", 3, 1_000));

    /** Words of PostgreSQL's to_char, the longest first. */
    private static final List<Part> POSTGRES =
            List.of(
                    new Part("YYYY", "YEAR", 4, 0),
                    new Part("YY", "YEAR", 2, 100),
                    new Part("MM", "MONTH", 2, 0),
                    new Part("MI", "MINUTE", 2, 0),
                    new Part("MS", "MILLISECOND", 3, 1_000),
                    new Part("DDD", "DOY", 3, 0),
                    new Part("DD", "DAY", 2, 0),
                    new Part("HH24", "HOUR", 2, 0),
                    new Part("SS", "SECOND", 2, 0),
                    new Part("US", "MICROSECOND", 6, 1_000_000));

    private final QueryPlaces places;
    private final ExpressionRewriter expressions;

    TimeText(QueryPlaces places, ExpressionRewriter expressions) {
        this.places = places;
        this.expressions = expressions;
    }

    /**
     * @param call with a time and a pattern
     * @param isJava by whose letters
     * @return texts one after the other
     */
    List<SqlNode> texts(SqlCall call, boolean isJava) {
        if (call.operandCount() != 2) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    call,
                    call.getOperator().getName()
                            + " takes two arguments, a time and a pattern, found "
                            + call.operandCount());
        }
        boolean isConstant = call.operand(1) instanceof SqlCharStringLiteral;
        String pattern = isConstant ? ((SqlLiteral) call.operand(1)).getValueAs(String.class) : "";
        if (pattern.isEmpty() || pattern.length() > PATTERN_MAX) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    call.operand(1),
                    "the pattern of "
                            + call.getOperator().getName()
                            + " is a text of 1 to "
                            + PATTERN_MAX
                            + " characters: write '"
                            + (isJava ? "yyyy-MM-dd HH:mm:ss" : "YYYY-MM-DD HH24:MI:SS")
                            + "'");
        }
        List<Part> known = isJava ? JAVA : POSTGRES;
        SqlParserPos at = call.getParserPosition();
        List<SqlNode> texts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < pattern.length(); ) {
            char quote = isJava ? '\'' : '"';
            int end = pattern.indexOf(quote, i + 1);
            Part part = partAt(known, pattern, i);
            if (pattern.charAt(i) == quote && end > i) {
                plain.append(end == i + 1 ? String.valueOf(quote) : pattern.substring(i + 1, end));
                i = end + 1;
            } else if (part != null) {
                flush(plain, texts, at);
                texts.add(field(part, expressions.rewrite(call.operand(0)), at));
                i += part.word().length();
            } else if (Character.isLetter(pattern.charAt(i)) || pattern.charAt(i) == '%') {
                throw unknown(call, pattern.substring(i), known);
            } else {
                plain.append(pattern.charAt(i++));
            }
        }
        flush(plain, texts, at);
        return texts;
    }

    private RuntimeException unknown(SqlCall call, String rest, List<Part> known) {
        return places.error(
                ErrorCode.TYPE_MISMATCH,
                call.operand(1),
                "the pattern has '"
                        + rest.charAt(0)
                        + "', which is none of "
                        + String.join(", ", known.stream().map(Part::word).toList())
                        + ": other text stands in "
                        + (known == JAVA ? "''two quotes''" : "double quotes"));
    }

    /** A run of a letter is one part: the longest that begins here and ends with the run. */
    private static Part partAt(List<Part> known, String pattern, int at) {
        for (Part part : known) {
            boolean isThere = pattern.startsWith(part.word(), at);
            int end = at + part.word().length();
            boolean isWhole =
                    end == pattern.length()
                            || known != JAVA
                            || isThere && pattern.charAt(end) != pattern.charAt(at);
            if (isThere && isWhole) {
                return part;
            }
        }
        return null;
    }

    private static void flush(StringBuilder plain, List<SqlNode> texts, SqlParserPos at) {
        if (plain.length() > 0) {
            texts.add(ExpressionRewriter.constant(FieldType.VARCHAR, plain.toString(), at));
            plain.setLength(0);
        }
    }

    private static SqlNode field(Part part, SqlNode time, SqlParserPos at) {
        SqlNode unit = ExpressionRewriter.constant(FieldType.VARCHAR, part.unit(), at);
        SqlNode number = FunctionTable.of(Function.EXTRACT).createCall(at, unit, time);
        if (part.modulus() > 0) {
            number = Operators.of(Function.MOD).createCall(at, number, number(part.modulus(), at));
        }
        SqlNode text =
                SqlStdOperatorTable.CAST.createCall(
                        at, number, FunctionRewriter.type(FieldType.VARCHAR, at));
        return part.width() == 0
                ? text
                : FunctionTable.of(Function.LPAD)
                        .createCall(
                                at,
                                text,
                                number(part.width(), at),
                                ExpressionRewriter.constant(FieldType.VARCHAR, "0", at));
    }

    private static SqlNode number(int value, SqlParserPos at) {
        return SqlLiteral.createExactNumeric(Integer.toString(value), at);
    }
}
