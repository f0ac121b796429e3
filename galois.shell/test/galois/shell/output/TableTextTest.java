package galois.shell.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

class TableTextTest {
    private static final Schema SCHEMA =
            Schema.of(
                    new Field("id", FieldType.BIGINT),
                    new Field("name", FieldType.VARCHAR),
                    new Field("ok", FieldType.BOOLEAN));

    private static BatchCursor batch(String... names) {
        BatchBuilder builder = new BatchBuilder(SCHEMA, 1 << 16);
        for (int i = 0; i < names.length; i++) {
            assertTrue(builder.beginRow());
            builder.setLong(0, i * 1000L);
            if (names[i] != null) {
                byte[] text = names[i].getBytes(StandardCharsets.UTF_8);
                builder.setBytes(1, text, 0, text.length);
            }
            builder.setLong(2, i % 2);
            builder.commitRow(0, RowKind.INSERT, 0);
        }
        int size = builder.finish(RowLayout.WATERMARK_NONE);
        return new BatchCursor().wrap(builder.array(), 0, size, SCHEMA);
    }

    @Test
    void alignsColumnsAndShowsNull() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ByteOutput output = new ByteOutput(bytes)) {
            ResultOutput.Printer printer =
                    new ResultOutput(output, TableText::new).printer(Long.MAX_VALUE);
            printer.onOpen(SCHEMA);
            printer.onRows(batch("kettle", null, "a\nb"));
            printer.onEnd();
            output.drain();
        }
        String expected =
                """
                  id  name    ok
                ----  ------  -----
                   0  kettle  false
                1000  NULL    true
                2000  a?b     false
                """;
        assertEquals(expected, bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void stopsAtTheWantedNumberOfRowsAndSeparatesResults() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ByteOutput output = new ByteOutput(bytes)) {
            ResultOutput results = new ResultOutput(output, TableText::new);
            results.text("first");
            ResultOutput.Printer printer = results.printer(1);
            printer.onOpen(SCHEMA);
            printer.onRows(batch("a", "b"));
            assertTrue(printer.full().isDone());
            printer.onRows(batch("c"));
            printer.onEnd();
            output.drain();
        }
        String expected = "first\n\nid  name  ok\n--  ----  -----\n 0  a     false\n";
        assertEquals(expected, bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void headerStandsAloneWithoutRows() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ByteOutput output = new ByteOutput(bytes)) {
            ResultOutput.Printer printer =
                    new ResultOutput(output, TableText::new).printer(Long.MAX_VALUE);
            printer.onOpen(SCHEMA);
            printer.onEnd();
            output.drain();
        }
        assertEquals("id  name  ok\n--  ----  --\n", bytes.toString(StandardCharsets.UTF_8));
    }
}
