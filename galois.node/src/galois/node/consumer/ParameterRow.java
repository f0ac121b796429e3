package galois.node.consumer;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.Expr.Literal;
import galois.batch.BatchBuilder;
import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.Arrays;
import java.util.List;

/** The parameters of a query as the one-row batch that opens a slot. */
final class ParameterRow {
    private ParameterRow() {}

    /**
     * @throws GaloisException TYPE_MISMATCH when the literals are not those that the kernel wants
     */
    static byte[] of(Schema schema, List<Literal> parameters) {
        if (schema.size() != parameters.size()) {
            throw new GaloisException(
                    ErrorCode.TYPE_MISMATCH,
                    "the kernel wants "
                            + schema.size()
                            + " parameters and was given "
                            + parameters.size());
        }
        BatchBuilder builder = new BatchBuilder(schema, RowLayout.ROW_BYTES_MAX);
        builder.beginRow();
        for (int i = 0; i < parameters.size(); i++) {
            Literal literal = parameters.get(i);
            if (!literal.isNull() && !set(builder, i, schema.type(i), literal)) {
                throw new GaloisException(
                        ErrorCode.QUERY_LIMIT,
                        "the text parameters of a query exceed "
                                + RowLayout.ROW_BYTES_MAX
                                + " bytes");
            }
        }
        builder.commitRow(0, RowKind.INSERT, 0);
        int length = builder.finish(RowLayout.WATERMARK_NONE);
        return Arrays.copyOf(builder.array(), length);
    }

    private static boolean set(BatchBuilder builder, int field, FieldType type, Literal literal) {
        switch (type.cell()) {
            case F64 -> builder.setDouble(field, literal.asDouble());
            case STRING -> {
                byte[] bytes = literal.asBytes();
                return builder.setBytes(field, bytes, 0, bytes.length);
            }
            case I64 -> builder.setLong(field, literal.asLong());
        }
        return true;
    }
}
