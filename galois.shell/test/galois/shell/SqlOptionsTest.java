package galois.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import galois.api.ErrorCode;
import galois.api.GaloisException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class SqlOptionsTest {
    @TempDir Path folder;

    @Test
    void readsEveryOption() throws Exception {
        Path file = Files.writeString(folder.resolve("a.sql"), "");
        SqlOptions options =
                SqlOptions.parse(
                        List.of(file.toString(), "--format", "json", "--rows", "7", "--for", "5m"));
        assertEquals(new SqlOptions(null, file, null, "json", 7, 300_000), options);
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "10s,10000", "1h,3600000"})
    void readsTimes(String text, long ms) {
        assertEquals(ms, SqlOptions.duration(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--fast|unknown option --fast: see ./galois help sql",
                "-e|option -e needs a value: see ./galois help sql",
                "no.sql|there is no file \"no.sql\": check the path",
                "-e x --format xml|--format must be table, csv or json, not \"xml\"",
                "-e x --rows many|--rows needs a whole number, not \"many\"",
                "-e x --for 3|--for needs a time such as 500ms, 10s, 5m or 1h, not \"3\"",
                "--rows 3|give a script file, -e \"SQL\" or --each DIR, one of them"
            })
    void refusesMistakesInOneLine(String words, String message) {
        GaloisException e =
                assertThrows(
                        GaloisException.class, () -> SqlOptions.parse(List.of(words.split(" "))));
        assertEquals(ErrorCode.USAGE, e.code());
        assertEquals(message, e.getMessage());
    }
}
