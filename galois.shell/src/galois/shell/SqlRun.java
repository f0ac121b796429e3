package galois.shell;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.client.ClientSession;
import galois.api.client.QueryClient;
import galois.shell.output.ByteOutput;
import galois.shell.output.ResultOutput;
import galois.shell.output.RowText;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** {@code ./galois sql} without OSGi: scripts in, results and errors out. */
final class SqlRun {
    /** A mistake in the script, an option or a file. */
    static final int EXIT_MISTAKE = 2;

    /** Anything else that failed. */
    static final int EXIT_FAILURE = 1;

    private final QueryClient client;
    private final Function<String, RowText.Factory> formats;
    private final UnaryOperator<String> variables;
    private final PrintStream err;
    private final Supplier<StatusLine> status;

    /**
     * @param formats how rows look, by name of the format
     * @param variables values of script variables, null when not set
     * @param status shown while queries run that print nothing; null: nothing
     */
    SqlRun(
            QueryClient client,
            Function<String, RowText.Factory> formats,
            UnaryOperator<String> variables,
            PrintStream err,
            Supplier<StatusLine> status) {
        this.client = client;
        this.formats = formats;
        this.variables = variables;
        this.err = err;
        this.status = status;
    }

    /** Runs what the options say; returns the exit code. */
    int run(SqlOptions options, OutputStream standardOutput, String defaultFormat) {
        String format = options.format() != null ? options.format() : defaultFormat;
        try {
            if (options.folder() != null) {
                return each(options, options.format() != null ? format : "csv");
            }
            Script script =
                    options.file() != null
                            ? Script.read(options.file())
                            : Script.of(options.text());
            return one(script, options, standardOutput, format);
        } catch (GaloisException e) {
            err.println(e.userText());
            return exitCode(e);
        }
    }

    private int one(Script script, SqlOptions options, OutputStream target, String format) {
        try (ByteOutput output = new ByteOutput(target)) {
            GaloisException failure = execute(script, options, output, format);
            output.drain();
            if (failure == null) {
                return 0;
            }
            err.println(script.error(failure));
            return exitCode(failure);
        }
    }

    /** Returns why it failed, null when it did not. */
    private GaloisException execute(
            Script script, SqlOptions options, ByteOutput output, String format) {
        ProblemLog problems = new ProblemLog(err);
        try (ClientSession session = client.open(problems)) {
            if (script.directory() != null) {
                session.set("script_directory", script.directory().toString());
            }
            ResultOutput results = new ResultOutput(output, formats.apply(format));
            String text = Variables.replace(script.text(), variables);
            new ScriptRun(session, results, options, output.broken(), status).run(text);
            return null;
        } catch (GaloisException e) {
            return e;
        } finally {
            problems.summarize();
        }
    }

    /** Runs every script of a folder in order of name; results go to a file beside each. */
    private int each(SqlOptions options, String format) {
        List<Path> files = scripts(options.folder());
        int failed = 0;
        for (Path file : files) {
            String name = file.getFileName().toString().replaceFirst("\\.sql$", "");
            Path result = file.resolveSibling(name + ".out");
            try (OutputStream target = Files.newOutputStream(result);
                    ByteOutput output = new ByteOutput(target)) {
                Script script = Script.read(file);
                GaloisException failure = execute(script, options, output, format);
                if (failure != null) {
                    failed++;
                    // Only the name: the file must be the same wherever the folder is.
                    Script named =
                            new Script(file.getFileName().toString(), "", script.directory());
                    String line = named.error(failure);
                    output.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    err.println(script.error(failure));
                }
                output.drain();
            } catch (IOException e) {
                throw new GaloisException(
                        ErrorCode.USAGE, result + " cannot be written: check permissions", e);
            }
        }
        err.println(files.size() + " scripts, " + failed + " failed");
        return failed == 0 ? 0 : EXIT_MISTAKE;
    }

    private static List<Path> scripts(Path folder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.sql")) {
            stream.forEach(files::add);
        } catch (IOException e) {
            throw new GaloisException(
                    ErrorCode.USAGE, folder + " cannot be read: check its permissions", e);
        }
        files.sort(null);
        if (files.isEmpty()) {
            throw new GaloisException(
                    ErrorCode.USAGE, "no *.sql file in \"" + folder + "\": check the path");
        }
        return files;
    }

    /** Mistakes of the user are told apart from failures of the machine. */
    static int exitCode(GaloisException e) {
        return switch (e.code().number() / 1000) {
            case 1, 2, 4 -> EXIT_MISTAKE;
            default -> EXIT_FAILURE;
        };
    }
}
