package galois.sql;

import galois.api.plan.Function;
import galois.batch.FieldType;
import galois.batch.FieldType.Kind;

import java.util.List;

/**
 * The types of results: of arithmetic, and of choices between values of several types.
 *
 * <p>Numbers widen from TINYINT to SMALLINT, INTEGER and BIGINT; an integer beside a REAL is REAL,
 * a DECIMAL beside a REAL or DOUBLE is DOUBLE. A DECIMAL result has the digits that hold every
 * result, as the standard has them; when these are more than {@value
 * FieldType#DECIMAL_PRECISION_MAX}, the digits after the point give way first, down to {@value
 * #KEPT_SCALE}, and a value that still does not fit is an overflow.
 */
final class ResultTypes {
    /** As many digits after the point stay when a result has too many digits. */
    static final int KEPT_SCALE = 6;

    private ResultTypes() {}

    /** Of {@code a f b}; null when there is no such operation. */
    static FieldType arithmetic(Function function, FieldType a, FieldType b) {
        if (a.isNumeric() && b.isNumeric()) {
            return isExactDecimal(a, b) ? decimal(function, a, b) : common(a, b);
        }
        return switch (function) {
            case PLUS -> isDateTime(b) ? moved(b, a) : moved(a, b);
            case MINUS -> isDateTime(a) && isDateTime(b) ? difference(a, b) : moved(a, b);
            case TIMES -> a.isInterval() ? scaled(a, b) : scaled(b, a);
            case DIVIDE -> scaled(a, b);
            default -> null;
        };
    }

    private static FieldType moved(FieldType a, FieldType by) {
        if (!by.isInterval()) {
            return null;
        }
        if (a.isInterval()) {
            return a == by ? a : null;
        }
        boolean isMonths = by == FieldType.INTERVAL_MONTH;
        return switch (a.kind()) {
            case TIMESTAMP -> a;
            case DATE -> isMonths ? a : FieldType.TIMESTAMP;
            case TIME -> isMonths ? null : a;
            default -> null;
        };
    }

    private static FieldType difference(FieldType a, FieldType b) {
        boolean isTime = a == FieldType.TIME;
        return isTime == (b == FieldType.TIME) ? FieldType.INTERVAL_DAY : null;
    }

    private static FieldType scaled(FieldType interval, FieldType by) {
        return interval.isInterval() && by.isNumeric() ? interval : null;
    }

    /** True when a value of either type is exact and one is DECIMAL: no CAST is needed then. */
    static boolean isExactDecimal(FieldType a, FieldType b) {
        return (a.isDecimal() || b.isDecimal()) && isExact(a) && isExact(b);
    }

    static boolean isExact(FieldType type) {
        return type.isInteger() || type.isDecimal();
    }

    static boolean isDateTime(FieldType type) {
        return type.kind() == Kind.DATE
                || type.kind() == Kind.TIME
                || type.kind() == Kind.TIMESTAMP;
    }

    private static FieldType decimal(Function function, FieldType a, FieldType b) {
        int aScale = a.scale();
        int bScale = b.scale();
        int aWhole = digits(a) - aScale;
        int bWhole = digits(b) - bScale;
        int scale = Math.max(aScale, bScale);
        return switch (function) {
            case TIMES -> capped(aWhole + bWhole, aScale + bScale);
            case DIVIDE -> capped(aWhole + bScale, Math.max(KEPT_SCALE, aScale + digits(b) + 1));
            case MOD -> capped(Math.min(aWhole, bWhole), scale);
            default -> capped(Math.max(aWhole, bWhole) + 1, scale);
        };
    }

    /** Digits that hold every value of an exact type, as far as a DECIMAL can. */
    static int digits(FieldType type) {
        return switch (type.kind()) {
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INTEGER -> 10;
            case BIGINT -> FieldType.DECIMAL_PRECISION_MAX;
            default -> type.precision();
        };
    }

    private static FieldType capped(int whole, int scale) {
        int max = FieldType.DECIMAL_PRECISION_MAX;
        if (whole + scale <= max) {
            return FieldType.decimal(Math.max(1, whole + scale), scale);
        }
        int kept = Math.max(Math.min(scale, KEPT_SCALE), max - whole);
        return FieldType.decimal(max, Math.min(kept, scale));
    }

    /** The type that values of both types are brought to; null when there is none. */
    static FieldType common(FieldType a, FieldType b) {
        if (a == b) {
            return a;
        }
        if (!a.isNumeric() || !b.isNumeric()) {
            boolean isTime =
                    a == FieldType.DATE && b == FieldType.TIMESTAMP
                            || a == FieldType.TIMESTAMP && b == FieldType.DATE;
            return isTime ? FieldType.TIMESTAMP : null;
        }
        if (isExactDecimal(a, b)) {
            int whole = Math.max(digits(a) - a.scale(), digits(b) - b.scale());
            return capped(whole, Math.max(a.scale(), b.scale()));
        }
        if (a.isDecimal() || b.isDecimal()) {
            return FieldType.DOUBLE;
        }
        return a.kind().compareTo(b.kind()) > 0 ? a : b;
    }

    /** Whether there is a CAST between two types. */
    static boolean canCast(FieldType from, FieldType to) {
        if (from == to) {
            return true;
        }
        boolean hasText = from == FieldType.VARCHAR || to == FieldType.VARCHAR;
        FieldType other = from == FieldType.VARCHAR ? to : from;
        if (hasText) {
            return !other.isInterval();
        }
        if (isCount(from) || isCount(to)) {
            FieldType count = isCount(from) ? from : to;
            FieldType number = isCount(from) ? to : from;
            return number == FieldType.BIGINT
                    || count == FieldType.TIMESTAMP
                            && (number.isInteger() || number == FieldType.DOUBLE)
                    || count == FieldType.TIMESTAMP
                            && isDateTime(number)
                            && number != count
                            && (from == FieldType.TIMESTAMP || number == FieldType.DATE);
        }
        return isNumberOrTruth(from) && isNumberOrTruth(to);
    }

    /** Types whose cells are counted in a unit that is said somewhere. */
    private static boolean isCount(FieldType type) {
        return type == FieldType.TIMESTAMP || type.isInterval();
    }

    private static boolean isNumberOrTruth(FieldType type) {
        return type.isNumeric() || type == FieldType.BOOLEAN;
    }

    /** Of SUM: exact numbers with as many digits as there are. */
    static FieldType sum(FieldType type) {
        if (type.isDecimal()) {
            return FieldType.decimal(FieldType.DECIMAL_PRECISION_MAX, type.scale());
        }
        return type.isInteger() ? FieldType.BIGINT : type.isInterval() ? type : FieldType.DOUBLE;
    }

    /** The type of all of them; null when there is none. */
    static FieldType common(List<FieldType> types) {
        FieldType common = types.get(0);
        for (FieldType type : types.subList(1, types.size())) {
            common = common == null ? null : common(common, type);
        }
        return common;
    }
}
