package galois.itest.forms;

import galois.batch.FieldType;

/** A way to write SQL: ours, and those of the independent engines. */
enum Dialect {
    GALOIS,
    H2,
    DUCKDB;

    /**
     * The name of a type. The other engines keep intervals as whole numbers: months, microseconds.
     */
    String type(FieldType type) {
        boolean isDuck = this == DUCKDB;
        return switch (type.kind()) {
            case INTERVAL_MONTH, INTERVAL_DAY -> this == GALOIS ? type.toString() : "BIGINT";
            case DOUBLE -> this == H2 ? "DOUBLE PRECISION" : "DOUBLE";
            case TIMESTAMP -> this == H2 ? "TIMESTAMP(6)" : "TIMESTAMP";
            case TIME -> this == H2 ? "TIME(6)" : "TIME";
            case VARBINARY -> isDuck ? "BLOB" : "VARBINARY";
            default -> type.toString();
        };
    }
}
