package galois.itest.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The fenced blocks of a page. */
final class MarkdownBlocks {
    private MarkdownBlocks() {}

    /**
     * @param language after the fence: {@code sh}, {@code sql}, {@code csv}, {@code java}; may be
     *     empty
     * @param line of the fence, from 1
     * @param remark the HTML comment right before the fence; empty when there is none
     */
    record Block(Path page, int line, String language, String remark, String text) {
        @Override
        public String toString() {
            return page.getFileName()
                    + " line "
                    + line
                    + ": "
                    + text.lines().findFirst().orElse("");
        }
    }

    static List<Block> of(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        String before = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.startsWith("```")) {
                before = line.isBlank() ? before : line;
                continue;
            }
            int start = i;
            StringBuilder text = new StringBuilder();
            while (!lines.get(++i).startsWith("```")) {
                text.append(lines.get(i)).append('\n');
            }
            boolean remark = before.startsWith("<!-- ") && before.endsWith(" -->");
            blocks.add(
                    new Block(
                            page,
                            start + 1,
                            line.substring(3).strip(),
                            remark ? before.substring(5, before.length() - 4) : "",
                            text.toString()));
            before = "";
        }
        return blocks;
    }
}
