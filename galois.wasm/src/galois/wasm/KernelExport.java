package galois.wasm;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The functions that every kernel exports, with their signatures: {@code params:result}. */
enum KernelExport {
    ABI(":i"),
    ALLOC("i:i"),
    FREE("i:"),
    OPEN("i:i"),
    PARAM("ii:i"),
    CLOSE("i:"),
    PROCESS("iiiiii:i"),
    TIME("iiji:i"),
    DRAIN("ii:i"),
    SAVE("iii:i"),
    LOAD("iiii:i");

    private final FunctionType type;

    KernelExport(String signature) {
        int colon = signature.indexOf(':');
        this.type =
                FunctionType.of(
                        types(signature.substring(0, colon)),
                        types(signature.substring(colon + 1)));
    }

    /** The name of the export: {@code g_alloc}. */
    String exportName() {
        return "g_" + methodName();
    }

    /** The method of {@link KernelEntry} (there is none for {@link #ABI}). */
    String methodName() {
        return name().toLowerCase(Locale.ROOT);
    }

    FunctionType type() {
        return type;
    }

    /** The type of that method as the JVM writes it: {@code (IIJI)I}. */
    String methodDescriptor() {
        StringBuilder text = new StringBuilder("(");
        type.params().forEach(param -> text.append(param.equals(ValType.I64) ? 'J' : 'I'));
        return text.append(type.returns().isEmpty() ? ")V" : ")I").toString();
    }

    private static List<ValType> types(String letters) {
        List<ValType> types = new ArrayList<>();
        letters.chars().forEach(c -> types.add(c == 'j' ? ValType.I64 : ValType.I32));
        return types;
    }
}
