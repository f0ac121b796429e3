package galois.itest.forms;

import galois.batch.FieldType;

import java.util.List;
import java.util.Map;

/**
 * A function, an operator, a column or a literal: how each engine writes it so that all of them
 * mean the same.
 *
 * @param texts where {@code {0}} stands for the first operand; an engine without text cannot
 * @param exact false: engines differ in the last digits
 */
record Form(FieldType type, List<FieldType> operands, Map<Dialect, String> texts, boolean exact) {
    Form {
        operands = List.copyOf(operands);
        texts = Map.copyOf(texts);
    }

    /** The same text everywhere. */
    static Form same(FieldType type, String text, FieldType... operands) {
        return of(type, text, text, text, operands);
    }

    /** {@code null}: that engine cannot. */
    static Form of(FieldType type, String ours, String h2, String duck, FieldType... operands) {
        var texts = new java.util.EnumMap<Dialect, String>(Dialect.class);
        texts.put(Dialect.GALOIS, ours);
        if (h2 != null) {
            texts.put(Dialect.H2, h2);
        }
        if (duck != null) {
            texts.put(Dialect.DUCKDB, duck);
        }
        return new Form(type, List.of(operands), texts, true);
    }

    Form inexact() {
        return new Form(type, operands, texts, false);
    }

    boolean isFor(Dialect dialect) {
        return texts.containsKey(dialect);
    }
}
