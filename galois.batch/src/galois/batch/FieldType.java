package galois.batch;

/** The SQL types a field can have, and the shape of the 8-byte cell that holds a value. */
public enum FieldType {
    /** 0 or 1 as i64. */
    BOOLEAN(Cell.I64),
    /** 32-bit integer, sign-extended to i64. */
    INTEGER(Cell.I64),
    /** 64-bit integer. */
    BIGINT(Cell.I64),
    /** IEEE 754 double; every NaN is the canonical NaN. */
    DOUBLE(Cell.F64),
    /** UTF-8 text in the arena of the batch. */
    VARCHAR(Cell.STRING),
    /** Microseconds since 1970-01-01T00:00:00Z as i64. */
    TIMESTAMP(Cell.I64);

    /** The shape of a cell. */
    public enum Cell {
        /** Little-endian 64-bit integer. */
        I64,
        /** Little-endian IEEE 754 double. */
        F64,
        /**
         * {@code u32 back, u32 length}; the text starts {@code back} bytes before the batch's end.
         */
        STRING
    }

    private final Cell cell;

    FieldType(Cell cell) {
        this.cell = cell;
    }

    public Cell cell() {
        return cell;
    }

    /** True for the types that arithmetic accepts. */
    public boolean isNumeric() {
        return this == INTEGER || this == BIGINT || this == DOUBLE;
    }
}
