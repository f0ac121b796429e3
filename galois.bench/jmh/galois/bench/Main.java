package galois.bench;

import org.openjdk.jmh.runner.RunnerException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./galois bench kernel [--quick] [--json FILE]}; the arguments have been checked. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
        boolean quick = List.of(args).contains("--quick");
        int json = List.of(args).indexOf("--json");
        Path elec = elec();
        List<KernelCase> cases = new ArrayList<>();
        cases.add(new KernelCase("paper-query", "inPlace", "uniform"));
        cases.add(new KernelCase("paper-query-copy-in", "copyIn", "uniform"));
        if (Files.isRegularFile(elec)) {
            cases.add(new KernelCase("paper-query-elec", "inPlace", "elec"));
        } else {
            System.out.println(
                    "paper-query-elec is left out: there is no "
                            + elec
                            + "; set GALOIS_ELEC to the path of electricity.csv");
        }
        Report report;
        try {
            report = new KernelMeasurement(cases, elec, quick).run();
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
