package galois.compiler;

import galois.batch.FieldType;
import galois.batch.RowError;

/** CAST in plain Java. */
final class ReferenceCast {
    private ReferenceCast() {}

    static Object cast(Object value, FieldType from, FieldType to) {
        if (from == to) {
            return value;
        }
        boolean isInteger = from == FieldType.INTEGER || from == FieldType.BIGINT;
        if (to == FieldType.VARCHAR && isInteger) {
            return value.toString();
        }
        if (from == FieldType.VARCHAR && to == FieldType.BIGINT) {
            return number((String) value);
        }
        if (to == FieldType.VARCHAR || from == FieldType.VARCHAR) {
            throw new UnsupportedOperationException();
        }
        return switch (to.kind()) {
            case BOOLEAN ->
                    value instanceof Double d
                            ? (Object) (d != 0 ? 1L : 0L)
                            : (Object) ((Long) value != 0 ? 1L : 0L);
            case DOUBLE -> Reference.real(value);
            default -> integer(value, to);
        };
    }

    private static Object number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Reference.Failure(RowError.BAD_CAST);
        }
    }

    private static Object integer(Object value, FieldType to) {
        long result;
        if (value instanceof Double d) {
            if (!(d >= -0x1p63 && d < 0x1p63)) {
                throw new Reference.Failure(RowError.BAD_CAST);
            }
            result = (long) (double) d;
        } else {
            result = (Long) value;
        }
        if (to == FieldType.INTEGER && result != (int) result) {
            throw new Reference.Failure(RowError.BAD_CAST);
        }
        return result;
    }
}
