package galois.compiler;

import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.batch.SlotLayout;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowView;

/** Where the things of a slot are, behind the words that the host knows. */
final class SlotShape {
    /** The word that points at the block with the texts of the parameters; 0: none. */
    static final int TEXTS = SlotLayout.HEADER_BYTES;

    /**
     * The null words and cells of the parameters begin here, shaped like a row without its head.
     */
    static final int PARAMETERS = SlotLayout.HEADER_BYTES + 8;

    private SlotShape() {}

    static RowView parameters(Schema schema, Value slot) {
        return RowView.behind(schema, slot, PARAMETERS);
    }

    /** Bytes of the null words and cells. */
    static int parameterBytes(Schema schema) {
        return RowLayout.stride(schema.size()) - RowLayout.ROW_NULLS;
    }

    /** Where the operator's state begins. */
    static int state(Schema schema) {
        return PARAMETERS + parameterBytes(schema);
    }
}
