package galois.wasm;

import static galois.wasm.TinyWasm.*;

import galois.batch.BatchBuilder;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.Schema;

/**
 * A hand-assembled kernel: rows (v BIGINT) with v above the parameter come out. Its other functions
 * misbehave on request: {@code g_time} grows memory, loops or recurses, {@code g_drain} reads
 * outside memory, {@code g_save} breaks a rule.
 */
final class TinyKernel {
    static final Schema SCHEMA = Schema.of(new Field("v", FieldType.BIGINT));
    static final String ABI =
            "{\"abi\":1,\"name\":\"tiny\",\"inputs\":[[{\"name\":\"v\",\"type\":\"BIGINT\"}]],"
                    + "\"outputs\":[[{\"name\":\"v\",\"type\":\"BIGINT\"}]],"
                    + "\"parameters\":[{\"name\":\"p0\",\"type\":\"BIGINT\"}],"
                    + "\"stateLayout\":\"\",\"stateless\":true}";

    /** {@link #timeEffect}: domain 0 grows memory by {@code us} pages, 1 loops for ever. */
    private static final int[] TIME = {
        GET,
        1,
        IF,
        VOID,
        LOOP,
        VOID,
        BR,
        0,
        END,
        END, // domain 1: for ever
        GET,
        2,
        0xA7,
        MEMORY_GROW,
        0,
        DROP, // i32.wrap_i64
        I32_CONST,
        0
    };

    private static final int[] ALLOC = {
        GLOBAL_GET,
        0,
        TEE,
        1,
        GET,
        0,
        I32_CONST,
        7,
        I32_ADD,
        I32_CONST,
        0x78,
        I32_AND,
        I32_ADD,
        GLOBAL_SET,
        0, // heap += (bytes + 7) & -8
        BLOCK,
        VOID,
        LOOP,
        VOID, // grow page by page until the heap fits
        GLOBAL_GET,
        0,
        MEMORY_SIZE,
        0,
        I32_CONST,
        0x80,
        0x80,
        0x04,
        I32_MUL,
        I32_GT_U,
        I32_EQZ,
        BR_IF,
        1,
        I32_CONST,
        1,
        MEMORY_GROW,
        0,
        I32_CONST,
        0x7F,
        I32_SUB,
        BR_IF,
        0,
        GET,
        1,
        GLOBAL_SET,
        0,
        I32_CONST,
        0,
        RETURN,
        END,
        END,
        GET,
        1
    };

    private static final int[] OPEN = {
        GET, 0, I32_LOAD, 2, 48, IF, VOID, I32_CONST, 0x7F, RETURN, END, // NULL: -1
        I32_CONST, 40, CALL, 1, TEE, 1, I32_EQZ, IF, VOID, I32_CONST, 0x7E, RETURN, END, // -2
        GET, 1, GET, 0, I64_LOAD, 3, 56, I64_STORE, 3, 32, // threshold behind the slot's header
        GET, 1
    };

    // parameters: 0 port, 1 batch, 2 first, 3 n, 4 slot, 5 out; locals: 6 i, 7 row, 8 target
    private static final int[] PROCESS = {
        BLOCK, VOID, LOOP, VOID, GET, 6, GET, 3, I32_GE_S, BR_IF, 1, GET, 1, I32_CONST, 32, I32_ADD,
        GET, 2, GET, 6, I32_ADD, I32_CONST, 32, I32_MUL, I32_ADD, SET, 7, GET, 7, I64_LOAD, 3, 24,
        GET, 4, I64_LOAD, 3, 32, I64_LE_S, I32_EQZ, IF, VOID, GET, 5, I32_LOAD, 2, 4, I32_CONST, 32,
        I32_MUL, I32_CONST, 0xC0, 0x00, I32_ADD, GET, 5, I32_LOAD, 2, 0, I32_GT_U, IF, VOID, GET, 6,
        RETURN, END, // full
        GET, 5, I32_CONST, 32, I32_ADD, GET, 5, I32_LOAD, 2, 4, I32_CONST, 32, I32_MUL, I32_ADD,
        SET, 8, GET, 8, GET, 7, I64_LOAD, 3, 0, I64_STORE, 3, 0, GET, 8, GET, 7, I64_LOAD, 3, 8,
        I64_STORE, 3, 8, GET, 8, GET, 7, I64_LOAD, 3, 16, I64_STORE, 3, 16, GET, 8, GET, 7,
        I64_LOAD, 3, 24, I64_STORE, 3, 24, GET, 5, GET, 5, I32_LOAD, 2, 4, I32_CONST, 1, I32_ADD,
        I32_STORE, 2, 4, END, GET, 6, I32_CONST, 1, I32_ADD, SET, 6, BR, 0, END, END, GET, 3
    };

    private TinyKernel() {}

    static byte[] wasm() {
        return complete(new TinyWasm()).custom("galois.abi", ABI).bytes();
    }

    /** All functions and the memory, without the section galois.abi. */
    static TinyWasm complete(TinyWasm module) {
        return functions(module).exportMemory("memory");
    }

    static TinyWasm functions(TinyWasm module) {
        return module.export("g_abi", ":i", 0, I32_CONST, 1)
                .export("g_alloc", "i:i", 1, ALLOC)
                .export("g_free", "i:", 0)
                .export("g_open", "i:i", 1, OPEN)
                .export("g_param", "ii:i", 0, I32_CONST, 0)
                .export("g_close", "i:", 0)
                .export("g_process", "iiiiii:i", 3, PROCESS)
                .export("g_time", "iiji:i", 0, TIME)
                .export("g_drain", "ii:i", 0, I32_CONST, 0x70, I32_LOAD, 2, 32)
                .export("g_save", "iii:i", 0, I32_CONST, 7)
                .export("g_load", "iiii:i", 0, I32_CONST, 0x7E);
    }

    /** A batch of rows with these values and slot words. */
    static byte[] batch(int slot, long... values) {
        BatchBuilder builder = new BatchBuilder(SCHEMA, 32 + 32 * Math.max(1, values.length));
        for (long value : values) {
            builder.beginRow();
            builder.setLong(0, value);
            builder.commitRow(slot, RowKind.INSERT, value);
        }
        byte[] bytes = new byte[builder.finish(0)];
        System.arraycopy(builder.array(), 0, bytes, 0, bytes.length);
        return bytes;
    }
}
