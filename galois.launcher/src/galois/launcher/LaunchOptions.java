package galois.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The launcher's command line.
 *
 * @param runFile the run description ({@code --run FILE})
 * @param main name of the command to call ({@code --main NAME}); empty: run until the framework
 *     stops
 * @param dataDir persistent storage ({@code --data-dir DIR}); empty: a temporary folder, deleted at
 *     exit
 * @param stopTimeoutMs limit for stopping all bundles at the end ({@code --stop-timeout-ms N})
 * @param timing whether to print the phases of the start ({@code --timing})
 * @param properties framework properties beside those of the run description ({@code --set
 *     NAME=VALUE})
 * @param arguments what follows {@code --}: the command's own
 */
record LaunchOptions(
        Path runFile,
        Optional<String> main,
        Optional<Path> dataDir,
        long stopTimeoutMs,
        boolean timing,
        Map<String, String> properties,
        List<String> arguments) {

    /** How long bundles may take to stop, unless said otherwise; then the process ends as it is. */
    static final long STOP_TIMEOUT_MS = 5_000;

    LaunchOptions {
        properties = Map.copyOf(properties);
        arguments = List.copyOf(arguments);
    }

    static LaunchOptions parse(String... args) throws LaunchFailure {
        Path runFile = null;
        Optional<String> main = Optional.empty();
        Optional<Path> dataDir = Optional.empty();
        long stopTimeoutMs = STOP_TIMEOUT_MS;
        boolean timing = false;
        Map<String, String> properties = new LinkedHashMap<>();
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--run" -> runFile = Path.of(value(args, i++));
                case "--main" -> main = Optional.of(value(args, i++));
                case "--data-dir" -> dataDir = Optional.of(Path.of(value(args, i++)));
                case "--stop-timeout-ms" -> stopTimeoutMs = number(value(args, i++));
                case "--timing" -> timing = true;
                case "--set" -> {
                    String[] pair = value(args, i++).split("=", 2);
                    properties.put(pair[0], pair.length == 2 ? pair[1] : "");
                }
                case "--" -> {
                    arguments.addAll(List.of(args).subList(i + 1, args.length));
                    i = args.length;
                }
                default -> throw usage("unknown launcher option " + args[i]);
            }
        }
        if (runFile == null) {
            throw usage("--run FILE is missing");
        }
        return new LaunchOptions(
                runFile, main, dataDir, stopTimeoutMs, timing, properties, arguments);
    }

    private static String value(String[] args, int index) throws LaunchFailure {
        if (index + 1 == args.length) {
            throw usage(args[index] + " needs a value");
        }
        return args[index + 1];
    }

    private static long number(String text) throws LaunchFailure {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw usage("--stop-timeout-ms needs a whole number, not \"" + text + "\"");
        }
    }

    private static LaunchFailure usage(String what) {
        return new LaunchFailure(
                2,
                "GLS-1001 "
                        + what
                        + ": --run FILE [--main NAME] [--data-dir DIR] [--stop-timeout-ms N]"
                        + " [--timing] [--set NAME=VALUE] [-- ARGUMENTS]");
    }
}
