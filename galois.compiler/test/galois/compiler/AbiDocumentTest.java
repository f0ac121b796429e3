package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The worked example of docs/abi.md has the bytes of the golden vector "filter". */
class AbiDocumentTest {
    private static final Pattern BLOCK = Pattern.compile("```hex\n(.*?)```", Pattern.DOTALL);

    @Test
    void exampleHasTheBytesOfTheVector() throws Exception {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(Path.of("docs/abi.md")));
        while (matcher.find()) {
            blocks.add(hex(matcher.group(1)));
        }
        VectorPlans.Vector vector = VectorPlans.all().get(0);
        byte[] wasm = new WasmKernelCompiler().compile(vector.plan()).wasm();
        List<String> script = new VectorScript(wasm).run(vector.script());
        assertEquals(List.of(word(script, 2, 1), word(script, 3, 1), word(script, 5, 2)), blocks);
    }

    private static String word(List<String> script, int line, int word) {
        return script.get(line).split("\\s+")[word];
    }

    /** What stands ahead of the explanation, which begins two spaces behind the bytes. */
    private static String hex(String block) {
        StringBuilder bytes = new StringBuilder();
        for (String line : block.split("\n")) {
            bytes.append(line.split(" {2,}")[0].replace(" ", ""));
        }
        return bytes.toString();
    }
}
