package galois.compiler.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the sections of a module in the order that the binary format asks for. */
final class WasmWriter {
    private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private record Signature(List<WasmType> parameters, Optional<WasmType> result) {
        static Signature of(Callable callable) {
            return new Signature(callable.parameters(), callable.result());
        }
    }

    private final WasmModule module;
    private final List<ImportedFunction> imports = new ArrayList<>();
    private final List<WasmFunction> functions = new ArrayList<>();
    private final Map<Callable, Integer> indices = new LinkedHashMap<>();
    private final Map<Signature, Integer> signatures = new LinkedHashMap<>();

    WasmWriter(WasmModule module) {
        this.module = module;
        for (Callable callable : Reachable.from(List.copyOf(module.exports().values()))) {
            signatures.putIfAbsent(Signature.of(callable), signatures.size());
            if (callable instanceof ImportedFunction imported) {
                imports.add(imported);
            } else {
                functions.add((WasmFunction) callable);
            }
        }
        imports.forEach(imported -> indices.put(imported, indices.size()));
        functions.forEach(function -> indices.put(function, indices.size()));
    }

    byte[] write() {
        WasmBytes out = new WasmBytes().raw(HEADER);
        section(out, 1, signatures.size(), types());
        section(out, 2, imports.size(), imports());
        section(out, 3, functions.size(), functionTypes());
        section(out, 5, 1, memory());
        section(out, 7, module.exports().size() + 1, exports());
        section(out, 10, functions.size(), bodies());
        section(out, 11, module.data().size(), data());
        module.customSections()
                .forEach(
                        (name, content) -> {
                            byte[] body = new WasmBytes().name(name).raw(content).toArray();
                            out.octet(0).sized(body);
                        });
        return out.toArray();
    }

    private static void section(WasmBytes out, int id, int count, WasmBytes content) {
        if (count > 0) {
            byte[] body = new WasmBytes().unsigned(count).raw(content.toArray()).toArray();
            out.octet(id).sized(body);
        }
    }

    private WasmBytes types() {
        WasmBytes out = new WasmBytes();
        for (Signature signature : signatures.keySet()) {
            out.octet(0x60).unsigned(signature.parameters().size());
            signature.parameters().forEach(type -> out.octet(type.code()));
            out.unsigned(signature.result().isPresent() ? 1 : 0);
            signature.result().ifPresent(type -> out.octet(type.code()));
        }
        return out;
    }

    private WasmBytes imports() {
        WasmBytes out = new WasmBytes();
        for (ImportedFunction imported : imports) {
            out.name(imported.module()).name(imported.name()).octet(0);
            out.unsigned(signatures.get(Signature.of(imported)));
        }
        return out;
    }

    private WasmBytes functionTypes() {
        WasmBytes out = new WasmBytes();
        functions.forEach(function -> out.unsigned(signatures.get(Signature.of(function))));
        return out;
    }

    private WasmBytes memory() {
        return new WasmBytes().octet(1).unsigned(module.pages()).unsigned(module.pagesMax());
    }

    private WasmBytes exports() {
        WasmBytes out = new WasmBytes().name("memory").octet(2).unsigned(0);
        module.exports()
                .forEach(
                        (name, function) ->
                                out.name(name).octet(0).unsigned(indices.get(function)));
        return out;
    }

    private WasmBytes bodies() {
        WasmBytes out = new WasmBytes();
        functions.forEach(f -> out.sized(FunctionEncoder.encode(f, indices::get)));
        return out;
    }

    private WasmBytes data() {
        WasmBytes out = new WasmBytes();
        for (WasmModule.Data segment : module.data()) {
            out.octet(0).octet(0x41).signed(segment.address()).octet(0x0B).sized(segment.bytes());
        }
        return out;
    }
}
