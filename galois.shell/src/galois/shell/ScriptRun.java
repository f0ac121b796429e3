package galois.shell;

import galois.api.GaloisException;
import galois.api.client.ClientQuery;
import galois.api.client.ClientSession;
import galois.api.query.SourceText;
import galois.shell.output.ResultOutput;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs a script statement by statement. A query on bounded input is awaited before the next
 * statement; the others keep running while the script goes on, and are awaited at its end.
 */
final class ScriptRun {
    private final ClientSession session;
    private final ResultOutput output;
    private final SqlOptions options;
    private final CompletableFuture<Void> noReader;
    private final CompletableFuture<Void> timeUp = new CompletableFuture<>();
    private final List<CompletableFuture<Void>> open = new ArrayList<>();
    private final List<ResultOutput.Printer> printers = new ArrayList<>();
    private final Supplier<StatusLine> status;

    /**
     * @param noReader completes when nobody reads the output any more
     * @param status shows that the queries run, for people; null: nothing is shown
     */
    ScriptRun(
            ClientSession session,
            ResultOutput output,
            SqlOptions options,
            CompletableFuture<Void> noReader,
            Supplier<StatusLine> status) {
        this.session = session;
        this.output = output;
        this.options = options;
        this.noReader = noReader;
        this.status = status;
    }

    /**
     * Returns when every query of the script is over.
     *
     * @throws GaloisException the first failure; queries that still run are left to the session
     */
    void run(String text) {
        for (SourceText statement : session.split(text)) {
            if (over().isDone()) {
                return;
            }
            execute(statement);
        }
        CompletableFuture<Void> all =
                CompletableFuture.allOf(open.toArray(CompletableFuture[]::new));
        boolean silent = printers.stream().noneMatch(ResultOutput.Printer::isUsed);
        if (status == null || !silent || all.isDone()) {
            join(all);
            return;
        }
        StatusLine shown = status.get();
        try {
            join(all);
        } finally {
            shown.close();
        }
    }

    private void execute(SourceText statement) {
        ResultOutput.Printer printer = output.printer(options.rowsMax());
        ClientSession.Outcome outcome = session.execute(statement, printer);
        if (outcome.text() != null) {
            output.text(outcome.text());
        }
        ClientQuery query = outcome.query();
        if (query == null) {
            return;
        }
        try {
            query.running().join();
        } catch (CompletionException e) {
            throw unwrapped(e, statement);
        }
        startTime();
        CompletableFuture<Void> end = end(query, printer, statement);
        open.add(end);
        printers.add(printer);
        if (query.isBounded()) {
            join(end);
        }
    }

    /** Completes when the query ended, by itself or because it was stopped for a reason of ours. */
    private CompletableFuture<Void> end(
            ClientQuery query, ResultOutput.Printer printer, SourceText statement) {
        CompletableFuture.anyOf(printer.full(), over()).thenRun(query::stop);
        return query.ended()
                .handle(
                        (state, failure) -> {
                            if (failure != null && !over().isDone() && !printer.full().isDone()) {
                                throw new CompletionException(unwrapped(failure, statement));
                            }
                            return null;
                        });
    }

    private void startTime() {
        if (options.forMs() > 0 && !timeUp.isDone()) {
            timeUp.completeOnTimeout(null, options.forMs(), TimeUnit.MILLISECONDS);
        }
    }

    private CompletableFuture<Object> over() {
        return CompletableFuture.anyOf(timeUp, noReader);
    }

    private static void join(CompletableFuture<Void> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            throw unwrapped(e, null);
        }
    }

    /** An error without a place gets that of its statement. */
    private static GaloisException unwrapped(Throwable failure, SourceText statement) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (!(cause instanceof GaloisException known)) {
            throw new CompletionException(cause);
        }
        return statement == null || known.position().isKnown()
                ? known
                : new GaloisException(known.code(), known.getMessage(), statement.start());
    }
}
