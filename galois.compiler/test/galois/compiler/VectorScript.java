package galois.compiler;

import galois.batch.Bytes;
import galois.batch.RowLayout;
import galois.batch.SlotLayout;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Runs the script of a golden vector against a module; docs/abi.md explains the steps. */
final class VectorScript {
    private final byte[] wasm;
    private KernelMemory kernel;
    private byte[] parameters = {};
    private int slot;
    private int input;
    private int area;
    private int extent;

    VectorScript(byte[] wasm) {
        this.wasm = wasm;
        this.kernel = KernelMemory.compiled(wasm);
    }

    /** The script with every expectation replaced by what this engine gives. */
    List<String> run(List<String> lines) {
        List<String> result = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                result.add(line);
                continue;
            }
            String call = line.split("=>")[0].strip();
            Object value = step(call.split("\\s+"));
            result.add(value == null ? call : call + " => " + value);
        }
        return result;
    }

    private Object step(String[] words) {
        switch (words[0]) {
            case "area" -> {
                extent = Integer.parseInt(words[1]);
                area = kernel.output(extent);
            }
            case "open" -> {
                parameters = hex(words.length > 1 ? words[1] : "");
                return open();
            }
            case "input" -> input(hex(words[1]));
            case "fresh" -> {
                kernel.call("g_close", slot);
                kernel = KernelMemory.compiled(wasm);
                area = kernel.output(extent);
                input = 0;
                return open();
            }
            case "take" -> {
                return take();
            }
            default -> {
                return call(words);
            }
        }
        return null;
    }

    private long call(String[] words) {
        return switch (words[0]) {
            case "process" -> {
                int owner = words[1].equals("slot") ? slot : 0;
                long first = Long.parseLong(words[2]);
                long rows = Long.parseLong(words[3]);
                long port = words.length > 4 ? Long.parseLong(words[4]) : 0;
                yield kernel.call("g_process", port, input, first, rows, owner, area);
            }
            case "time" -> kernel.call("g_time", slot, 0, Long.parseLong(words[1]), area);
            case "drain" -> kernel.call("g_drain", slot, area);
            case "save" -> kernel.call("g_save", slot, 0, area);
            case "load" -> {
                long first = Long.parseLong(words[1]);
                yield kernel.call("g_load", slot, input, first, Long.parseLong(words[2]));
            }
            case "pending" -> kernel.word(slot + SlotLayout.PENDING);
            default -> throw new IllegalArgumentException("unknown step " + words[0]);
        };
    }

    private boolean open() {
        slot = (int) kernel.call("g_open", kernel.put(parameters, parameters.length));
        return slot > 0;
    }

    private void input(byte[] batch) {
        kernel.call("g_free", input);
        setSlots(batch, slot);
        input = kernel.put(batch, batch.length);
    }

    private String take() {
        byte[] batch = kernel.take(area, 0);
        setSlots(batch, 0);
        return HexFormat.of().formatHex(batch);
    }

    private static void setSlots(byte[] batch, int slot) {
        int rows = Bytes.getInt(batch, RowLayout.ROWS);
        int stride = Bytes.getInt(batch, RowLayout.STRIDE);
        for (int row = 0; row < rows; row++) {
            Bytes.putInt(batch, RowLayout.HEADER_BYTES + row * stride, slot);
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
