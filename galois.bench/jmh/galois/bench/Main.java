package galois.bench;

import org.openjdk.jmh.runner.RunnerException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./galois bench kernel|sql|compile [--quick] [--peers] [--json FILE]}; the arguments have
 * been checked.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
        boolean quick = List.of(args).contains("--quick");
        int json = List.of(args).indexOf("--json");
        Report report;
        try {
            report =
                    List.of(args).contains("compile")
                            ? new CompileMeasurement(quick).run()
                            : List.of(args).contains("sql")
                                    ? new SqlMeasurement(quick).run()
                                    : kernel(quick).run();
            if (List.of(args).contains("sql") && List.of(args).contains("--peers")) {
                report = new FlinkPeer(quick).beside(report);
            }
        } catch (RunnerException e) {
            System.err.println("galois: the bench did not finish: " + e.getMessage());
            System.exit(1);
            return;
        }
        System.out.print(report.table());
        if (json >= 0) {
            Files.writeString(Path.of(args[json + 1]), report.json());
        }
    }

    private static Measurement kernel(boolean quick) throws IOException {
        List<String> arguments = List.of("-D" + KernelBenchmark.ELEC + "=" + elec());
        return new Measurement("kernel", kernelCases(), arguments, quick);
    }

    private static List<BenchCase> kernelCases() throws IOException {
        String name = KernelBenchmark.class.getSimpleName();
        List<BenchCase> cases = new ArrayList<>();
        cases.add(BenchCase.beside("paper-query", name, "inPlace", "uniform", ElecRows.COUNT));
        cases.add(
                BenchCase.beside("paper-query-copy-in", name, "copyIn", "uniform", ElecRows.COUNT));
        if (Files.isRegularFile(elec())) {
            int rows = ElecRows.read(elec()).count();
            cases.add(BenchCase.beside("paper-query-elec", name, "inPlace", "elec", rows));
        } else {
            System.out.println(
                    "paper-query-elec is left out: there is no "
                            + elec()
                            + "; set GALOIS_ELEC to the path of electricity.csv");
        }
        return cases;
    }

    private static Path elec() {
        String path = System.getenv("GALOIS_ELEC");
        return path != null
                ? Path.of(path)
                : Path.of(
                                System.getProperty("galois.workspace"),
                                "../shared/data/elec/electricity.csv")
                        .normalize();
    }
}
