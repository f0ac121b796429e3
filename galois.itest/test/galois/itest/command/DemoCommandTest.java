package galois.itest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.itest.command.GaloisCommand.Result;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./galois demo}: what it counts is what a plain loop over the same rows counts. */
@Timeout(300)
class DemoCommandTest {
    private static final long SEED = 19960507;
    private static final int ROWS_OF_A_DAY = 48;
    private static final int ROWS = 100 * ROWS_OF_A_DAY + 5;
    private static final double CONSTANT_TRANSFER = 0.414912;

    @TempDir Path folder;

    /** One row of the data set, without the class. */
    private record Row(
            double date,
            int day,
            double period,
            double nswPrice,
            double nswDemand,
            double vicPrice,
            double vicDemand,
            double transfer) {
        static Row of(int n, Random random) {
            return new Row(
                    random.nextDouble(),
                    n / ROWS_OF_A_DAY % 7 + 1,
                    n % ROWS_OF_A_DAY / (ROWS_OF_A_DAY - 1.0),
                    random.nextDouble(),
                    random.nextDouble(),
                    random.nextDouble() * 0.6,
                    random.nextDouble(),
                    n % 5 == 0 ? CONSTANT_TRANSFER : random.nextDouble());
        }

        String csv() {
            return date + "," + day + "," + period + "," + nswPrice + "," + nswDemand + ","
                    + vicPrice + "," + vicDemand + "," + transfer + ",UP\n";
        }

        /** The conditions of the paper's query. */
        boolean isWanted() {
            return date >= 0.0
                    && date <= 1.0
                    && day >= 1
                    && day <= 7
                    && period >= 0.0
                    && period <= 1.0
                    && nswPrice >= 0.02
                    && nswPrice <= 0.9
                    && nswDemand >= 0.1
                    && nswDemand <= 0.95
                    && vicPrice >= 0.0
                    && vicPrice <= 0.5
                    && vicDemand >= 0.05
                    && vicDemand <= 0.98
                    && transfer >= 0.05
                    && transfer <= 0.99
                    && nswPrice <= vicPrice + 0.3
                    && transfer != CONSTANT_TRANSFER;
        }
    }

    @Test
    void countsAreThoseOfAPlainLoopAtEveryRate() throws Exception {
        List<Row> rows = new ArrayList<>();
        Random random = new Random(SEED);
        StringBuilder csv =
                new StringBuilder(
                        "date,day,period,nswprice,nswdemand,vicprice,vicdemand,transfer,class\n");
        for (int n = 0; n < ROWS; n++) {
            rows.add(Row.of(n, random));
            csv.append(rows.get(n).csv());
        }
        Path file = Files.writeString(folder.resolve("rows.csv"), csv);
        assertCounts(file, "max", rows);
        assertCounts(file, "1000", rows.subList(0, ROWS / 5));
    }

    @Test
    void aTakenPortIsOneLineAndExitCode2() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Result result = GaloisCommand.run("demo", "--once", "--rows", "10", "--port", port);
            assertEquals(2, result.exitCode(), result::text);
            assertEquals("", result.out());
            assertEquals(
                    "GLS-1003 port "
                            + port
                            + " is in use: choose another one with --port, or leave it out\n",
                    result.err());
        }
    }

    private static void assertCounts(Path file, String rate, List<Row> rows) throws Exception {
        Result result =
                GaloisCommand.run(
                        "demo",
                        "--once",
                        "--rate",
                        rate,
                        "--rows",
                        Integer.toString(rows.size()),
                        "--data",
                        file.toString(),
                        "--port",
                        "0");
        assertEquals(0, result.exitCode(), result::text);
        assertEquals(rows.size(), count(result, "rowsPublished"), result::text);
        assertEquals(rows.size(), count(result, "rowsIn"), result::text);
        long wanted = rows.stream().filter(Row::isWanted).count();
        assertTrue(wanted > 0);
        assertEquals(wanted, count(result, "rowsOut"), result::text);
        int days = (rows.size() + ROWS_OF_A_DAY - 1) / ROWS_OF_A_DAY;
        assertEquals(days, count(result, "windowRows"), result::text);
        for (String node : List.of("node-1", "node-2")) {
            assertTrue(result.lastLine().contains('"' + node + '"'), result::text);
        }
    }

    private static long count(Result result, String name) {
        Matcher number = Pattern.compile('"' + name + "\":(\\d+)").matcher(result.lastLine());
        assertTrue(number.find(), result::text);
        return Long.parseLong(number.group(1));
    }
}
