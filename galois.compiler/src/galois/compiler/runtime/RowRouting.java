package galois.compiler.runtime;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

import java.util.List;

/**
 * Which of several readers a row goes to: a hash of its keys decides. Values that are equal as keys
 * of a group go the same way, from every kernel: NULL like NULL, 0.0 like -0.0.
 *
 * @param keys fields of the row
 */
record RowRouting(Library library, Schema schema, List<Integer> keys) {
    /** Keys that are sure to fit one function. */
    private static final int KEYS_PER_FUNCTION = 8;

    private static final long SEED = 0x9E3779B97F4A7C15L;
    private static final long FACTOR = 0xC2B2AE3D27D4EB4FL;

    /** {@code (row, end) -> port}; texts count back from {@code end}. */
    WasmFunction port(int ports) {
        WasmFunction self = WasmFunction.returning(I32, "route", I32, I32);
        return self.define(
                code -> {
                    var hash = code.var(i64(SEED));
                    for (int from = 0; from < keys.size(); from += KEYS_PER_FUNCTION) {
                        int to = Math.min(keys.size(), from + KEYS_PER_FUNCTION);
                        WasmFunction part = part(keys.subList(from, to));
                        code.set(hash, part.call(self.argument(0), self.argument(1), hash.get()));
                    }
                    Value high = hash.get().ushr(32);
                    code.ret(high.times(i64(ports)).ushr(32).wrap());
                });
    }

    private WasmFunction part(List<Integer> fields) {
        WasmFunction self = WasmFunction.returning(I64, "route_part", I32, I32, I64);
        return self.define(
                code -> {
                    RowView row = RowView.of(schema, self.argument(0), self.argument(1));
                    var hash = code.var(self.argument(2));
                    for (int field : fields) {
                        Value mixed = hash.get().xor(bits(code, row, field)).times(i64(FACTOR));
                        Value kept = code.let(mixed);
                        code.set(hash, kept.xor(kept.ushr(29)).times(i64(SEED)));
                    }
                    code.ret(hash.get());
                });
    }

    /** Equal for equal values; the cell of NULL is 0. */
    private Value bits(Code code, RowView row, int field) {
        return switch (schema.type(field).cell()) {
            case I64 -> row.cell(field);
            case F64 -> row.real(field).plus(f64(0)).asBits();
            case STRING ->
                    library.part(Strings.class, Strings::new)
                            .hash()
                            .call(i64(SEED), row.textStart(field), row.textLength(field));
        };
    }
}
