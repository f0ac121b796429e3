package galois.sql;

import galois.api.ErrorCode;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code GROUP BY TUMBLINGWINDOW(ss, 10)} and {@code HOPPINGWINDOW(ss, 10, 5)}, as rule engines of
 * gateways have them: {@code TUMBLE} and {@code HOP} of the event time.
 */
final class UnitWindows {
    private static final Map<String, TimeUnit> UNITS =
            Map.of(
                    "MS", TimeUnit.MILLISECOND,
                    "SS", TimeUnit.SECOND,
                    "MI", TimeUnit.MINUTE,
                    "HH", TimeUnit.HOUR,
                    "DD", TimeUnit.DAY);

    private static final String HOPPING = "HOPPINGWINDOW";
    private static final List<String> WORDS = List.of("TUMBLINGWINDOW", HOPPING);
    private static final int MS_PER_SECOND = 1000;

    private UnitWindows() {}

    static boolean isOne(SqlCall call) {
        return WORDS.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
    }

    /** The usual form of such a window, without its time; anything else as it is. */
    static SqlNode standard(SqlNode key, QueryPlaces places) {
        if (!(key instanceof SqlCall call) || !isOne(call)) {
            return key;
        }
        String word = call.getOperator().getName().toUpperCase(Locale.ROOT);
        boolean isHop = word.equals(HOPPING);
        int lengths = isHop ? 2 : 1;
        boolean isRight =
                call.operandCount() == lengths + 1
                        && call.operand(0) instanceof SqlIdentifier unit
                        && UNITS.containsKey(unit.toString().toUpperCase(Locale.ROOT))
                        && call.getOperandList().stream()
                                .skip(1)
                                .allMatch(n -> n instanceof SqlNumericLiteral);
        if (!isRight) {
            throw places.error(
                    ErrorCode.SYNTAX,
                    call,
                    "expected "
                            + word
                            + (isHop ? "(ss, 10, 5)" : "(ss, 10)")
                            + " with a unit of ms, ss, mi, hh, dd");
        }
        TimeUnit unit = UNITS.get(call.operand(0).toString().toUpperCase(Locale.ROOT));
        SqlParserPos at = call.getParserPosition();
        SqlNode size = interval(call.operand(1), unit);
        SqlOperator operator = isHop ? SqlStdOperatorTable.HOP_OLD : SqlStdOperatorTable.TUMBLE_OLD;
        List<SqlNode> operands =
                isHop ? List.of(interval(call.operand(2), unit), size) : List.of(size);
        return new SqlBasicCall(operator, operands, at);
    }

    private static SqlNode interval(SqlNode length, TimeUnit unit) {
        SqlParserPos at = length.getParserPosition();
        BigDecimal number = ((SqlLiteral) length).bigDecimalValue();
        boolean isMs = unit == TimeUnit.MILLISECOND;
        BigDecimal inUnit = isMs ? number.divide(BigDecimal.valueOf(MS_PER_SECOND)) : number;
        TimeUnit written = isMs ? TimeUnit.SECOND : unit;
        return SqlLiteral.createInterval(
                inUnit.signum() < 0 ? -1 : 1,
                inUnit.abs().toPlainString(),
                new SqlIntervalQualifier(written, null, at),
                at);
    }
}
