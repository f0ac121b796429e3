package galois.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class ReportTest {
    private final Report report =
            new Report(
                    "kernel",
                    "17.0.15",
                    "Some \"CPU\"",
                    "abc1234",
                    List.of(
                            new Report.Result(
                                    "paper-query", 10, "ns/row", "hand-written Java", 8.5)));

    @Test
    void writesTheJsonOfEveryBench() {
        assertEquals(
                "{\"bench\":\"kernel\",\"java\":\"17.0.15\",\"cpu\":\"Some \\\"CPU\\\"\","
                        + "\"commit\":\"abc1234\",\"results\":[{\"name\":\"paper-query\","
                        + "\"value\":10.000,\"unit\":\"ns/row\","
                        + "\"baseline\":{\"name\":\"hand-written Java\",\"value\":8.500},"
                        + "\"ratio\":0.850}]}\n",
                report.json());
    }

    @Test
    void showsRatiosToPeople() {
        String[] lines = report.table().split("\n");
        assertEquals("bench kernel, Java 17.0.15, Some \"CPU\"", lines[1]);
        assertEquals("paper-query               10.00 ns/row     8.50 ns/row     0.85", lines[3]);
    }
}
