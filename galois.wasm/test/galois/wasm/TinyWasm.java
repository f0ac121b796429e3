package galois.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes a module section by section: just enough of the binary format for tests. */
final class TinyWasm {
    static final int UNREACHABLE = 0x00;
    static final int BLOCK = 0x02;
    static final int LOOP = 0x03;
    static final int IF = 0x04;
    static final int VOID = 0x40;
    static final int END = 0x0B;
    static final int BR = 0x0C;
    static final int BR_IF = 0x0D;
    static final int RETURN = 0x0F;
    static final int CALL = 0x10;
    static final int DROP = 0x1A;
    static final int GET = 0x20;
    static final int SET = 0x21;
    static final int TEE = 0x22;
    static final int GLOBAL_GET = 0x23;
    static final int GLOBAL_SET = 0x24;
    static final int I32_LOAD = 0x28;
    static final int I64_LOAD = 0x29;
    static final int I32_STORE = 0x36;
    static final int I64_STORE = 0x37;
    static final int MEMORY_SIZE = 0x3F;
    static final int MEMORY_GROW = 0x40;
    static final int I32_CONST = 0x41;
    static final int I32_EQZ = 0x45;
    static final int I32_GE_S = 0x4E;
    static final int I32_GT_U = 0x4B;
    static final int I64_LE_S = 0x57;
    static final int I32_ADD = 0x6A;
    static final int I32_SUB = 0x6B;
    static final int I32_MUL = 0x6C;
    static final int I32_AND = 0x71;
    static final int I32_SHR_U = 0x76;
    static final int I64_ADD = 0x7C;

    private final List<byte[]> types = new ArrayList<>();
    private final List<byte[]> imports = new ArrayList<>();
    private final List<byte[]> functions = new ArrayList<>();
    private final List<byte[]> exports = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private final ByteArrayOutputStream customs = new ByteArrayOutputStream();
    private byte[] memory = {1, 1, 1, 16};
    private byte[] start = {};

    /** A function import; {@code signature} is letters i, j, d, then colon, then the result. */
    TinyWasm function(String module, String name, String signature) {
        imports.add(join(text(module), text(name), new byte[] {0}, leb(type(signature))));
        return this;
    }

    /** An exported function with i32 locals behind its parameters. */
    TinyWasm export(String name, String signature, int i32Locals, int... code) {
        int index = imports.size() + functions.size();
        functions.add(leb(type(signature)));
        exports.add(join(text(name), new byte[] {0}, leb(index)));
        byte[] locals = i32Locals == 0 ? new byte[] {0} : join(leb(1), leb(i32Locals), hex(0x7F));
        byte[] body = join(locals, hex(code), hex(END));
        bodies.add(join(leb(body.length), body));
        return this;
    }

    /** The memory section's content: count, then flags, minimum and maximum. */
    TinyWasm memory(int... content) {
        memory = hex(content);
        return this;
    }

    TinyWasm exportMemory(String name) {
        exports.add(join(text(name), new byte[] {2, 0}));
        return this;
    }

    TinyWasm start(int function) {
        start = leb(function);
        return this;
    }

    TinyWasm custom(String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        byte[] section = join(text(name), bytes);
        customs.writeBytes(join(hex(0), leb(section.length), section));
        return this;
    }

    byte[] bytes() {
        byte[] global = {1, 0x7F, 1, 0x41, (byte) 0x80, 0x08, 0x0B}; // mutable i32 = 1024
        return join(
                new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0},
                section(1, vector(types)),
                imports.isEmpty() ? new byte[0] : section(2, vector(imports)),
                section(3, vector(functions)),
                memory.length == 0 ? new byte[0] : section(5, memory),
                section(6, global),
                section(7, vector(exports)),
                start.length == 0 ? new byte[0] : section(8, start),
                section(10, vector(bodies)),
                customs.toByteArray());
    }

    private int type(String signature) {
        int colon = signature.indexOf(':');
        byte[] type =
                join(hex(0x60), letters(signature, 0, colon), letters(signature, colon + 1, -1));
        types.add(type);
        return types.size() - 1;
    }

    private static byte[] letters(String signature, int from, int to) {
        String part = to < 0 ? signature.substring(from) : signature.substring(from, to);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(leb(part.length()));
        part.chars().forEach(c -> out.write(c == 'i' ? 0x7F : c == 'j' ? 0x7E : 0x7C));
        return out.toByteArray();
    }

    private static byte[] section(int id, byte[] content) {
        return join(hex(id), leb(content.length), content);
    }

    private static byte[] vector(List<byte[]> items) {
        return join(leb(items.size()), join(items.toArray(new byte[0][])));
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return join(leb(bytes.length), bytes);
    }

    private static byte[] hex(int... bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = (byte) bytes[i];
        }
        return result;
    }

    private static byte[] leb(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        while (rest >= 0x80) {
            out.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
