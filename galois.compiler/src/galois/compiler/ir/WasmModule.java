package galois.compiler.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A module under construction: exported functions, one memory, constant data, custom sections. What
 * no export reaches is left out.
 */
public final class WasmModule {
    /** Constant bytes that memory holds from the start. */
    record Data(int address, byte[] bytes) {}

    private final Map<String, WasmFunction> exports = new LinkedHashMap<>();
    private final Map<String, byte[]> customSections = new LinkedHashMap<>();
    private final List<Data> data = new ArrayList<>();
    private int pages = 1;
    private int pagesMax = 1;

    public void export(WasmFunction function) {
        if (exports.put(function.name(), function) != null) {
            throw new IllegalStateException(function.name() + " is exported twice");
        }
    }

    /** Pages are 64 KiB; the memory is exported as {@code memory}. */
    public void memory(int initialPages, int maximumPages) {
        pages = initialPages;
        pagesMax = maximumPages;
    }

    public void data(int address, byte[] bytes) {
        data.add(new Data(address, bytes.clone()));
    }

    public void customSection(String name, byte[] content) {
        customSections.put(name, content.clone());
    }

    /** The module in the binary format: equal calls give equal bytes. */
    public byte[] toBytes() {
        return new WasmWriter(this).write();
    }

    Map<String, WasmFunction> exports() {
        return exports;
    }

    Map<String, byte[]> customSections() {
        return customSections;
    }

    List<Data> data() {
        return data;
    }

    int pages() {
        return pages;
    }

    int pagesMax() {
        return pagesMax;
    }
}
