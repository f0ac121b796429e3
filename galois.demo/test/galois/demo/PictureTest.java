package galois.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.node.NodeReport;
import galois.api.node.NodeReport.RoleReport;
import galois.demo.Frame.QueryLine;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class PictureTest {
    private static Frame frame(double seconds, long published, long out, String transfer) {
        RoleReport producer =
                new RoleReport(
                        "a-1",
                        "q-1",
                        "p",
                        "elec",
                        "",
                        0,
                        published,
                        published,
                        Map.of(),
                        List.of(),
                        0,
                        0,
                        List.of(),
                        List.of("e-1"));
        RoleReport sink =
                new RoleReport(
                        "a-2",
                        "q-1",
                        "z",
                        "result",
                        "",
                        0,
                        out,
                        out,
                        Map.of(),
                        List.of(),
                        1_500,
                        4_000,
                        List.of("e-1"),
                        List.of());
        return new Frame(
                "generated rows",
                500,
                seconds,
                published,
                transfer,
                false,
                List.of(
                        new NodeReport("node-1", "127.0.0.1:1", List.of(producer)),
                        new NodeReport("node-2", "127.0.0.1:2", List.of(sink))),
                List.of(new QueryLine("paper's query", "q-1", out, out == 0 ? "" : "date 0.5")),
                out == 0 ? Map.of() : Map.of("GAP", 2L),
                "2 rows are missing",
                "web console http://127.0.0.1:8181");
    }

    @Test
    void showsNodesRolesQueriesAndRates() {
        String expected =
                """
                GALOIS demo   generated rows, 500 rows/s   1:05
                published 2,000 rows  500/s

                node-1   data 127.0.0.1:1
                  producer elec                   in      2,000  out      2,000  500/s

                node-2   data 127.0.0.1:2
                  sink     result                 in        800  out        800  200/s

                paper's query (q-1): 800 rows  200/s   latency p50 1.5 ms, p99 4.0 ms
                  newest: date 0.5
                problems with rows: GAP 2; newest: 2 rows are missing
                web console http://127.0.0.1:8181
                Ctrl-C ends
                """;
        List<String> lines =
                Picture.lines(frame(65, 2_000, 800, null), frame(63, 1_000, 400, null));
        assertEquals(expected, String.join("\n", lines) + "\n");
    }

    @Test
    void saysWhyThePapersQueryIsSilent() {
        List<String> lines = Picture.lines(frame(1, 100, 0, "0.414912"), null);
        String text = String.join("\n", lines);
        assertEquals(
                true,
                text.contains("transfer was 0.414912 in all 100 rows so far")
                        && text.contains("row 17,424"),
                text);
    }
}
