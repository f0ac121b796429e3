package galois.wasm;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CustomSection;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExportSection;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.TableSection;
import com.dylibso.chicory.wasm.types.TypeSection;
import com.dylibso.chicory.wasm.types.UnknownCustomSection;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.kernel.KernelMetadata;

import java.util.EnumMap;
import java.util.Map;

/** Decides whether a module may run. Every refusal names the rule that the module breaks. */
final class ModuleVerifier {
    /** Largest module accepted, in bytes. */
    static final int MODULE_BYTES_MAX = 2 << 20;

    /** Largest memory a module may declare, in pages (256 MB). */
    static final int MEMORY_PAGES_MAX = 4096;

    /** Largest table (of indirect calls) a module may declare, in entries. */
    static final int TABLE_ENTRIES_MAX = 16_384;

    private ModuleVerifier() {}

    /**
     * @throws GaloisException MODULE_REFUSED
     */
    static VerifiedModule verify(byte[] wasm) {
        if (wasm.length > MODULE_BYTES_MAX) {
            throw refused("it is larger than " + MODULE_BYTES_MAX + " bytes");
        }
        WasmModule module;
        try {
            module = Parser.parse(wasm);
        } catch (ChicoryException e) {
            throw refused("it is not a valid WebAssembly module: " + firstLine(e), e);
        }
        checkImports(module);
        checkMemory(module);
        checkTables(module);
        checkTypes(module);
        if (module.startSection().isPresent()) {
            throw refused("it has a start function, a kernel may not run code by itself");
        }
        Map<KernelExport, Integer> functions = checkExports(module);
        return new VerifiedModule(module, metadata(module), functions);
    }

    private static void checkImports(WasmModule module) {
        ImportSection imports = module.importSection();
        for (int i = 0; i < imports.importCount(); i++) {
            Import entry = imports.getImport(i);
            String name = entry.module() + "." + entry.name();
            if (!(entry instanceof FunctionImport function)
                    || !entry.module().equals(MathFunctions.MODULE)) {
                throw refused(
                        "it imports "
                                + name
                                + ", only functions of "
                                + MathFunctions.MODULE
                                + " may be imported");
            }
            FunctionType type = MathFunctions.type(entry.name());
            if (type == null) {
                throw refused("it imports " + name + ", there is no such function");
            }
            if (!type.equals(module.typeSection().getType(function.typeIndex()))) {
                throw refused("it imports " + name + " with another signature than " + type);
            }
        }
    }

    private static void checkMemory(WasmModule module) {
        if (module.memorySection().map(section -> section.memoryCount()).orElse(0) != 1) {
            throw refused("it does not have exactly one memory");
        }
        MemoryLimits limits = module.memorySection().get().getMemory(0).limits();
        if (limits.shared()) {
            throw refused("its memory is shared, a kernel has no threads");
        }
        if (limits.maximumPages() > MEMORY_PAGES_MAX) {
            throw refused(
                    "its memory has no declared maximum of at most "
                            + MEMORY_PAGES_MAX
                            + " pages (256 MB)");
        }
    }

    private static void checkTables(WasmModule module) {
        TableSection tables = module.tableSection();
        for (int i = 0; i < tables.tableCount(); i++) {
            if (tables.getTable(i).limits().max() > TABLE_ENTRIES_MAX) {
                throw refused(
                        "its table has no declared maximum of at most "
                                + TABLE_ENTRIES_MAX
                                + " entries");
            }
        }
    }

    /** Objects of the garbage collection and exception proposals would live outside the memory. */
    private static void checkTypes(WasmModule module) {
        TypeSection types = module.typeSection();
        for (FunctionType type : types.types()) {
            if (type == null) {
                throw refused("it declares struct or array types, a kernel has only its memory");
            }
        }
        if (module.tagSection().isPresent() && module.tagSection().get().tagCount() > 0) {
            throw refused("it declares exceptions, a kernel returns codes");
        }
    }

    private static Map<KernelExport, Integer> checkExports(WasmModule module) {
        if (export(module, "memory", ExternalType.MEMORY) == null) {
            throw refused("it does not export its memory as \"memory\"");
        }
        Map<KernelExport, Integer> functions = new EnumMap<>(KernelExport.class);
        int imported = module.importSection().count(ExternalType.FUNCTION);
        for (KernelExport wanted : KernelExport.values()) {
            Export export = export(module, wanted.exportName(), ExternalType.FUNCTION);
            if (export == null) {
                throw refused("it does not export the function " + wanted.exportName());
            }
            int local = export.index() - imported;
            if (local < 0) {
                throw refused("its export " + wanted.exportName() + " is an import");
            }
            FunctionType type =
                    module.functionSection().getFunctionType(local, module.typeSection());
            if (!type.equals(wanted.type())) {
                throw refused(
                        "its export "
                                + wanted.exportName()
                                + " has the signature "
                                + type
                                + ", not "
                                + wanted.type());
            }
            functions.put(wanted, export.index());
        }
        return functions;
    }

    private static Export export(WasmModule module, String name, ExternalType kind) {
        ExportSection exports = module.exportSection();
        for (int i = 0; i < exports.exportCount(); i++) {
            Export export = exports.getExport(i);
            if (export.exportType() == kind && export.name().equals(name)) {
                return export;
            }
        }
        return null;
    }

    private static KernelMetadata metadata(WasmModule module) {
        CustomSection section = module.customSection(AbiSection.NAME);
        if (!(section instanceof UnknownCustomSection raw)) {
            throw refused("it has no custom section " + AbiSection.NAME);
        }
        try {
            return AbiSection.parse(raw.bytes());
        } catch (IllegalArgumentException e) {
            throw refused("its section " + AbiSection.NAME + " is bad: " + e.getMessage(), e);
        }
    }

    static GaloisException refused(String rule) {
        return refused(rule, null);
    }

    private static GaloisException refused(String rule, Throwable cause) {
        return new GaloisException(ErrorCode.MODULE_REFUSED, "module refused: " + rule, cause);
    }

    private static String firstLine(ChicoryException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
