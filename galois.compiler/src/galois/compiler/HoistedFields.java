package galois.compiler;

import galois.batch.FieldType;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.runtime.FieldView;
import galois.compiler.runtime.RowView;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Fields of a row copied into locals once, ahead of a loop: the parameters of the only slot. Those
 * beyond {@link #FIELDS_MAX} are read where they are.
 */
final class HoistedFields implements FieldView {
    /** More would make the code ahead of the loop too large. */
    private static final int FIELDS_MAX = 32;

    private final Map<Integer, Local> values = new HashMap<>();
    private final Map<Integer, Local> lengths = new HashMap<>();
    private final Map<Integer, Local> nullWords = new HashMap<>();

    private final RowView row;

    /** Emits the copies. */
    HoistedFields(Code code, RowView row, Set<Integer> fields) {
        this.row = row;
        for (int field : fields.stream().limit(FIELDS_MAX).toList()) {
            int word = field >>> 6;
            if (!nullWords.containsKey(word)) {
                nullWords.put(word, code.var(row.nullWord(word)));
            }
            FieldType type = row.schema().type(field);
            switch (type.cell()) {
                case I64 -> values.put(field, code.var(row.cell(field)));
                case F64 -> values.put(field, code.var(row.real(field)));
                case STRING -> {
                    values.put(field, code.var(row.textStart(field)));
                    lengths.put(field, code.var(row.textLength(field)));
                }
            }
        }
    }

    @Override
    public Value nullWord(int word) {
        Local local = nullWords.get(word);
        return local == null ? row.nullWord(word) : local.get();
    }

    @Override
    public Value cell(int field) {
        Local local = values.get(field);
        return local == null ? row.cell(field) : local.get();
    }

    @Override
    public Value real(int field) {
        Local local = values.get(field);
        return local == null ? row.real(field) : local.get();
    }

    @Override
    public Value textStart(int field) {
        Local local = values.get(field);
        return local == null ? row.textStart(field) : local.get();
    }

    @Override
    public Value textLength(int field) {
        Local local = lengths.get(field);
        return local == null ? row.textLength(field) : local.get();
    }
}
