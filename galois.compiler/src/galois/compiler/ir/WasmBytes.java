package galois.compiler.ir;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Growing bytes with the number formats of the Wasm binary format. */
final class WasmBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    WasmBytes octet(int value) {
        out.write(value);
        return this;
    }

    WasmBytes unsigned(long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            out.write((int) rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    WasmBytes signed(long value) {
        long rest = value;
        while (rest >> 6 != 0 && rest >> 6 != -1) {
            out.write((int) rest & 0x7F | 0x80);
            rest >>= 7;
        }
        out.write((int) rest & 0x7F);
        return this;
    }

    WasmBytes fixed64(long value) {
        for (int shift = 0; shift < 64; shift += 8) {
            out.write((int) (value >>> shift) & 0xFF);
        }
        return this;
    }

    WasmBytes name(String text) {
        return sized(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The length, then the bytes. */
    WasmBytes sized(byte[] bytes) {
        return unsigned(bytes.length).raw(bytes);
    }

    WasmBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    byte[] toArray() {
        return out.toByteArray();
    }
}
