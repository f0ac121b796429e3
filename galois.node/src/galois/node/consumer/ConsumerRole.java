package galois.node.consumer;

import galois.api.GaloisException;
import galois.api.control.Assignment;
import galois.api.control.QueryState;
import galois.api.kernel.KernelInstance;
import galois.api.kernel.KernelLimits;
import galois.api.kernel.KernelModule;
import galois.api.kernel.KernelRuntime;
import galois.api.node.EdgeInput;
import galois.api.node.EdgeInput.ReceivedBatch;
import galois.api.node.NodeContext;
import galois.api.node.RoleCounters;
import galois.batch.Bytes;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.node.role.Ending;
import galois.node.role.Failures;
import galois.node.role.RoleThread;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Role c: runs a kernel between edges. An input batch is released when all that came of it is in
 * the output edge; until then it stays where it is, so a kernel that has to stop (its runtime is
 * being replaced) is saved and goes on at the same row: nothing is lost and nothing is done twice.
 */
final class ConsumerRole implements RoleThread.Duty {
    /** A filter that drops every row passes time on at least this often. */
    static final long WATERMARK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** How long a runtime that goes away waits for its kernel to be saved. */
    static final long LEAVE_TIMEOUT_MS = 5_000;

    private final NodeContext node;
    private final Assignment.Consumer assignment;
    private final RoleThread thread;
    private final RoleCounters counters;
    private final List<EdgeInput> inputs;
    private final Outputs outputs;
    private final LateEdges late;
    private final Object leaving = new Object();
    private volatile KernelRuntime runtime;
    private KernelRuntime owner;
    private KernelRun run;
    private boolean failed;
    private CompletableFuture<byte[]> code;
    private long originUs;
    private long passedUs = RowLayout.WATERMARK_NONE;
    private long passedNs;
    private boolean passedIdle;
    private volatile Assignment.Consumer wanted;
    private Assignment.Consumer applied;

    /** The inputs are over; those who share the kernel may still come and go. */
    private boolean ended;

    /** So many outputs know of the end. */
    private int endTold;

    ConsumerRole(NodeContext node, Assignment.Consumer assignment) {
        this.node = node;
        this.assignment = assignment;
        this.counters = node.counters(assignment.id());
        this.thread =
                new RoleThread(
                        "galois-consumer-" + assignment.id(),
                        this,
                        problem -> {
                            failed = true;
                            Failures.report(node, assignment.id(), problem);
                        });
        this.inputs =
                assignment.inputs().stream()
                        .map(port -> node.input(port.edge(), assignment.epoch()))
                        .toList();
        this.outputs = new Outputs(node, assignment, thread::wake);
        this.wanted = assignment;
        this.applied = assignment;
        this.late = new LateEdges(node, assignment);
        this.passedNs = node.clock().nowNs() - WATERMARK_INTERVAL_NS;
    }

    void start() {
        inputs.forEach(input -> input.onAvailable(thread::wake));
        late.onCredit(thread::wake);
        thread.start();
    }

    /** The outputs have changed. */
    void changed() {
        node.assignment(assignment.id()).ifPresent(now -> wanted = (Assignment.Consumer) now);
        thread.wake();
    }

    /** Waits for the thread; the kernel's state is parked unless the assignment is withdrawn. */
    void stop(Ending ending) {
        if (ending == Ending.FRAMEWORK) {
            thread.abandon();
        } else {
            thread.stop();
        }
    }

    void runtimeCame(KernelRuntime came) {
        runtime = came;
        thread.wake();
    }

    /** On return nothing of {@code gone} is used any more (or 5 s have passed). */
    void runtimeGone(KernelRuntime gone) {
        if (runtime == gone) {
            runtime = null;
        }
        thread.wake();
        long deadlineNs = node.clock().nowNs() + TimeUnit.MILLISECONDS.toNanos(LEAVE_TIMEOUT_MS);
        synchronized (leaving) {
            long leftNs = deadlineNs - node.clock().nowNs();
            while (owner == gone && leftNs > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(leaving, leftNs);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                leftNs = deadlineNs - node.clock().nowNs();
            }
        }
    }

    @Override
    public long work() {
        if (ended) {
            return applyChange() || tellEnd() ? RoleThread.AGAIN : RoleThread.ON_WAKE;
        }
        if (run == null) {
            return begin();
        }
        if (applyChange()) {
            node.report(assignment.id(), QueryState.RUNNING, null); // with the outputs of now
            return RoleThread.AGAIN;
        }
        if (runtime != owner) {
            leave();
            return RoleThread.AGAIN;
        }
        if (run.outputLength() > 0) {
            return send() ? RoleThread.AGAIN : RoleThread.ON_WAKE;
        }
        if (run.lateRow().length > 0) {
            return sendLate();
        }
        return switch (run.phase()) {
            case IDLE -> next();
            case ROWS, TIME, CLOCK -> {
                run.step();
                countOutput();
                if (run.isAtEnd()) {
                    node.reportNumbers();
                }
                yield RoleThread.AGAIN;
            }
            case DONE -> release();
        };
    }

    @Override
    public void close() {
        if (run != null) {
            leave();
        }
    }

    private boolean applyChange() {
        Assignment.Consumer now = wanted;
        if (now == applied) {
            return false;
        }
        applied = now;
        if (ended) {
            endTold = outputs.change(now, endTold);
        } else {
            run.sentTo(outputs.change(now, run.sentTo()));
            passedUs = RowLayout.WATERMARK_NONE; // a new output has to hear of the time
            passedNs = node.clock().nowNs() - WATERMARK_INTERVAL_NS;
        }
        return true;
    }

    /** Tells the end to an output that came after it. */
    private boolean tellEnd() {
        byte[] end = KernelRun.watermarkOnly(assignment.schema(), RowLayout.WATERMARK_END, false);
        if (endTold == outputs.size() || !outputs.tell(endTold, end, originUs)) {
            return false;
        }
        endTold++;
        return true;
    }

    private long next() {
        if (run.dueProcessingUs() <= node.clock().epochUs()) {
            run.beginClock(node.clock().epochUs());
            countOutput();
            return RoleThread.AGAIN;
        }
        int port = choose();
        ReceivedBatch batch = port < 0 ? null : inputs.get(port).peek();
        if (batch == null) {
            long idleNs = passTime();
            return idleNs == RoleThread.AGAIN ? idleNs : Math.min(idleNs, untilDueNs());
        }
        originUs = batch.originUs();
        run.begin(port, batch);
        counters.addRowsIn(run.rows());
        return RoleThread.AGAIN;
    }

    /** For how long the kernel has nothing to do by the clock. */
    private long untilDueNs() {
        long dueUs = run.dueProcessingUs();
        if (dueUs == Long.MAX_VALUE) {
            return RoleThread.ON_WAKE;
        }
        return Math.max(1, TimeUnit.MICROSECONDS.toNanos(dueUs - node.clock().epochUs()));
    }

    /**
     * The input to read next: those that must be read to their end come first; then the one that is
     * furthest behind in time, so that little has to be kept. Bounded inputs wait for each other;
     * of others, one that has nothing is passed over.
     *
     * @return -1 when every input has ended or none has anything
     */
    private int choose() {
        boolean toEnd = false;
        int chosen = chooseTable();
        if (chosen >= 0) {
            return chosen;
        }
        for (int i = 0; i < inputs.size(); i++) {
            boolean hasEnded = run.inputWatermarkUs(i) == RowLayout.WATERMARK_END || isTable(i);
            boolean first = assignment.inputs().get(i).reading() == Assignment.Reading.TO_END;
            if (hasEnded || toEnd && !first) {
                continue;
            }
            if (first && !toEnd) {
                toEnd = true;
                chosen = -1;
            }
            boolean any = assignment.inputs().get(i).reading() == Assignment.Reading.ANY;
            boolean waits = assignment.bounded() && !any || inputs.get(i).peek() != null;
            if (waits && (chosen < 0 || run.inputWatermarkUs(i) < run.inputWatermarkUs(chosen))) {
                chosen = i;
            }
        }
        return chosen;
    }

    private boolean isTable(int input) {
        return assignment.inputs().get(input).reading() == Assignment.Reading.TABLE;
    }

    /** A table that has never been complete, else one that brings something; -1: none. */
    private int chooseTable() {
        int chosen = -1;
        for (int i = 0; i < inputs.size(); i++) {
            if (isTable(i) && !run.hasVersion(i)) {
                return i;
            }
            chosen = isTable(i) && inputs.get(i).peek() != null ? i : chosen;
        }
        return chosen;
    }

    /** Counted before it can be seen further on, and once only. */
    private void countOutput() {
        if (run.outputLength() > 0) {
            counters.addRowsOut(Bytes.getInt(run.output(), RowLayout.ROWS));
        }
    }

    private boolean send() {
        byte[] batch = run.output();
        if (run.begunUs() > passedUs
                && run.hasOutputBehind(run.begunUs())
                && !sendWatermark(run.begunUs(), false)) {
            return false; // the next kernel has to know that such rows are late
        }
        while (run.sentTo() < outputs.size()) {
            boolean isFirst = run.sentTo() == 0;
            if (!outputs.offer(run.sentTo(), batch, run.outputLength(), originUs, isFirst)) {
                return false;
            }
            run.sentToNext();
        }
        passed(Bytes.getLong(batch, RowLayout.WATERMARK), false);
        run.outputSent();
        return true;
    }

    private long sendLate() {
        if (!late.offer(run.port(), run.lateRow(), originUs)) {
            return RoleThread.ON_WAKE;
        }
        run.lateRowSent();
        return RoleThread.AGAIN;
    }

    /** Everything that came of the batch is in the output edge, except perhaps its watermark. */
    private long release() {
        boolean end = run.watermarkUs() == RowLayout.WATERMARK_END;
        boolean isTold = passedUs == RowLayout.WATERMARK_END && applied.paused().isEmpty();
        if (end && !isTold && !sendWatermark()) {
            return RoleThread.ON_WAKE;
        }
        if (end && !late.end(originUs)) {
            return RoleThread.ON_WAKE;
        }
        run.end();
        inputs.get(run.port()).release();
        if (!end) {
            return RoleThread.AGAIN;
        }
        node.report(assignment.id(), QueryState.FINISHED, null);
        closeRun();
        ended = true;
        endTold = outputs.size();
        return assignment.queryId().isEmpty() ? RoleThread.AGAIN : RoleThread.DONE;
    }

    /**
     * The input pauses: a watermark that no row carried is passed on, but not too often, and that
     * the sources are silent.
     */
    private long passTime() {
        if (run.watermarkUs() <= passedUs && run.isIdle() == passedIdle) {
            return RoleThread.ON_WAKE;
        }
        long leftNs = passedNs + WATERMARK_INTERVAL_NS - node.clock().nowNs();
        if (leftNs > 0) {
            return leftNs;
        }
        return sendWatermark() ? RoleThread.AGAIN : RoleThread.ON_WAKE;
    }

    private boolean sendWatermark() {
        return sendWatermark(run.watermarkUs(), run.isIdle());
    }

    private boolean sendWatermark(long watermarkUs, boolean idle) {
        byte[] empty = KernelRun.watermarkOnly(assignment.schema(), watermarkUs, idle);
        boolean isEnd = watermarkUs == RowLayout.WATERMARK_END;
        boolean sent = outputs.tellAll(empty, isEnd, originUs);
        if (sent) {
            passed(watermarkUs, idle);
        }
        return sent;
    }

    private void passed(long watermarkUs, boolean idle) {
        passedIdle = idle;
        passedUs = Math.max(passedUs, watermarkUs);
        passedNs = node.clock().nowNs();
    }

    private long begin() {
        KernelRuntime now = runtime;
        if (now == null) {
            return RoleThread.ON_WAKE;
        }
        if (code == null) {
            code = node.code(assignment.codeId()).toCompletableFuture();
            code.whenComplete((wasm, problem) -> thread.wake());
        }
        if (!code.isDone()) {
            return RoleThread.ON_WAKE;
        }
        byte[] wasm = wasm();
        synchronized (leaving) {
            if (runtime != now) {
                return RoleThread.AGAIN; // it has gone: its bundle must not be called any more
            }
            owner = now;
        }
        try {
            now.register(wasm);
            run = open(now.instantiate(assignment.codeId(), KernelLimits.DEFAULT));
        } finally {
            if (run == null) {
                disown();
            }
        }
        node.unpark(assignment.id()).map(SavedKernel::parse).ifPresent(this::restore);
        node.report(assignment.id(), QueryState.RUNNING, null);
        return RoleThread.AGAIN;
    }

    private KernelRun open(KernelInstance kernel) {
        try {
            Schema parameters = kernel.metadata().parameters();
            return new KernelRun(
                    kernel,
                    assignment.inputs().stream().map(port -> port.edge().schema()).toList(),
                    tables(),
                    late.inputs(),
                    ParameterRow.of(parameters, assignment.parameters()),
                    new ErrorRows(counters, label()));
        } catch (GaloisException e) {
            kernel.close();
            throw e;
        }
    }

    private List<String> tables() {
        List<String> tables = new ArrayList<>();
        assignment
                .inputs()
                .forEach(
                        port ->
                                tables.add(
                                        port.reading() == Assignment.Reading.TABLE
                                                ? String.valueOf(port.table())
                                                : null));
        return tables;
    }

    private void restore(SavedKernel saved) {
        ReceivedBatch batch = inputs.get(saved.port()).peek();
        run.restore(saved, batch);
        originUs = batch == null ? originUs : batch.originUs();
    }

    private byte[] wasm() {
        try {
            return code.join();
        } catch (CompletionException e) {
            code = null;
            if (e.getCause() instanceof GaloisException known) {
                throw known;
            }
            throw e;
        }
    }

    private void leave() {
        try {
            if (!failed && node.assignment(assignment.id()).isPresent()) {
                boolean counted = run.outputLength() > 0;
                node.park(assignment.id(), run.save().toBytes());
                if (!counted) {
                    countOutput();
                }
            }
        } finally {
            closeRun();
        }
    }

    private void closeRun() {
        run.close();
        run = null;
        disown();
    }

    /** A runtime that goes away need not wait any longer. */
    private void disown() {
        synchronized (leaving) {
            owner = null;
            leaving.notifyAll();
        }
    }

    private String label() {
        return String.join("+", assignment.operators())
                + " "
                + KernelModule.shortId(assignment.codeId())
                + assignment.inputs().stream()
                        .filter(port -> port.table() != null)
                        .map(port -> ", table \"" + port.table() + "\"")
                        .collect(Collectors.joining());
    }
}
