package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.batch.SlotLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.Allocator;
import galois.compiler.runtime.Library;

import java.util.ArrayList;
import java.util.List;

/** Opens and closes slots and gives them parameters. */
final class SlotFunctions {
    static final int BAD_PARAMETER = -1;
    static final int NO_MEMORY = -2;

    /** A slot may use this much unless the host says otherwise. */
    private static final int STATE_BYTES_MAX = Integer.MAX_VALUE;

    private final Library library;
    private final Schema parameters;
    private final int stateBytes;
    private final WasmFunction initialise;
    private final WasmFunction release;

    /**
     * @param stateBytes of an operator's state inside the slot, zero at first
     * @param initialise {@code (slot)} sets what is not zero at first; {@code null} without state
     * @param release {@code (slot)} frees what the state holds; {@code null} without state
     */
    SlotFunctions(
            Library library,
            Schema parameters,
            int stateBytes,
            WasmFunction initialise,
            WasmFunction release) {
        this.initialise = initialise;
        this.library = library;
        this.parameters = parameters;
        this.stateBytes = stateBytes;
        this.release = release;
    }

    WasmFunction open() {
        WasmFunction self = WasmFunction.returning(I32, "g_open", I32);
        Allocator heap = library.part(Allocator.class, Allocator::new);
        int bytes = SlotShape.state(parameters) + stateBytes;
        return self.define(
                code -> {
                    Value batch = self.argument(0);
                    code.when(valid().call(batch).eq(0), () -> code.ret(BAD_PARAMETER));
                    Local slot = code.var(heap.alloc().call(i32(bytes)));
                    code.when(slot.get().eq(0), () -> code.ret(NO_MEMORY));
                    code.fill(slot.get(), i32(0), i32(bytes));
                    code.storeWide(slot.get(), SlotLayout.DUE_EVENT, i64(SlotLayout.NEVER));
                    code.storeWide(slot.get(), SlotLayout.DUE_PROCESSING, i64(SlotLayout.NEVER));
                    code.storeWord(slot.get(), SlotLayout.STATE_BYTES_MAX, i32(STATE_BYTES_MAX));
                    code.when(
                            take().call(slot.get(), batch).eq(0),
                            () -> {
                                code.run(heap.free().call(slot.get()));
                                code.ret(NO_MEMORY);
                            });
                    if (initialise != null) {
                        code.run(initialise.call(slot.get()));
                    }
                    code.ret(slot.get());
                });
    }

    WasmFunction param() {
        WasmFunction self = WasmFunction.returning(I32, "g_param", I32, I32);
        return self.define(
                code -> {
                    code.when(valid().call(self.argument(1)).eq(0), () -> code.ret(BAD_PARAMETER));
                    code.when(
                            take().call(self.argument(0), self.argument(1)).eq(0),
                            () -> code.ret(NO_MEMORY));
                    code.ret(0);
                });
    }

    WasmFunction close() {
        WasmFunction self = WasmFunction.of("g_close", I32);
        Allocator heap = library.part(Allocator.class, Allocator::new);
        return self.define(
                code -> {
                    if (release != null) {
                        code.run(release.call(self.argument(0)));
                    }
                    code.run(heap.free().call(self.argument(0).word(SlotShape.TEXTS)));
                    code.run(heap.free().call(self.argument(0)));
                });
    }

    private List<Integer> textFields() {
        List<Integer> result = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.type(i).cell() == FieldType.Cell.STRING) {
                result.add(i);
            }
        }
        return result;
    }

    /** {@code (batch) -> 1 when it is one row of the parameters' types with sound string cells}. */
    private WasmFunction valid() {
        return library.function(
                "param_valid",
                () -> WasmFunction.returning(I32, "param_valid", I32),
                self -> self.define(code -> valid(self, code)));
    }

    private void valid(WasmFunction self, Code code) {
        if (parameters.size() == 0) {
            code.ret(1);
            return;
        }
        Value batch = self.argument(0);
        int stride = RowLayout.stride(parameters.size());
        Value good =
                batch.ne(0)
                        .and(batch.word(RowLayout.ROWS).eq(1))
                        .and(batch.word(RowLayout.STRIDE).eq(stride))
                        .and(batch.word(RowLayout.LAYOUT).eq(parameters.layout()))
                        .and(
                                batch.word(RowLayout.BYTES)
                                        .geUnsigned(i32(RowLayout.HEADER_BYTES + stride)))
                        .and(
                                batch.word(RowLayout.ARENA_BYTES)
                                        .leUnsigned(
                                                batch.word(RowLayout.BYTES)
                                                        .minus(RowLayout.HEADER_BYTES + stride)));
        code.when(good.eq(0), () -> code.ret(0));
        Value row = batch.plus(RowLayout.HEADER_BYTES);
        for (int field : textFields()) {
            int cell = RowLayout.cell(parameters.size(), field);
            Value call = validText().call(batch, row.plus(cell));
            code.when(call.eq(0), () -> code.ret(0));
        }
        code.ret(1);
    }

    private WasmFunction validText() {
        return library.function(
                "param_text_valid",
                () -> WasmFunction.returning(I32, "param_text_valid", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value back = self.argument(1).word(0);
                                    Value length = self.argument(1).word(4);
                                    Value arena = self.argument(0).word(RowLayout.ARENA_BYTES);
                                    code.ret(back.leUnsigned(arena).and(length.leUnsigned(back)));
                                }));
    }

    /** {@code (slot, batch) -> 1, or 0 without memory and without change}. */
    private WasmFunction take() {
        return library.function(
                "param_take",
                () -> WasmFunction.returning(I32, "param_take", I32, I32),
                self -> self.define(code -> take(self, code)));
    }

    private void take(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value batch = self.argument(1);
        List<Integer> texts = textFields();
        Local block = code.var(i32(0));
        Allocator heap = library.part(Allocator.class, Allocator::new);
        if (!texts.isEmpty()) {
            Value need = batch.word(RowLayout.ARENA_BYTES);
            code.set(block, heap.alloc().call(need));
            code.when(block.get().eq(0), () -> code.ret(0));
            Value arena = batch.plus(batch.word(RowLayout.BYTES)).minus(need);
            code.copy(block.get(), arena, need);
            code.run(heap.free().call(slot.word(SlotShape.TEXTS)));
            code.storeWord(slot, SlotShape.TEXTS, block.get());
            code.set(block, block.get().plus(need));
        }
        int from = RowLayout.HEADER_BYTES + RowLayout.ROW_NULLS;
        code.copy(
                slot.plus(SlotShape.PARAMETERS),
                batch.plus(from),
                i32(SlotShape.parameterBytes(parameters)));
        for (int field : texts) {
            int cell =
                    SlotShape.PARAMETERS
                            + RowLayout.cell(parameters.size(), field)
                            - RowLayout.ROW_NULLS;
            code.run(address().call(slot.plus(cell), block.get()));
        }
        code.ret(1);
    }

    /** {@code (cell, end)}: a distance from the end becomes a negated address. */
    private WasmFunction address() {
        return library.function(
                "param_address",
                () -> WasmFunction.of("param_address", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value cell = self.argument(0);
                                    code.storeWord(cell, 0, cell.word(0).minus(self.argument(1)));
                                }));
    }
}
