package galois.itest.engine;

import galois.api.control.Assignment.Reading;
import galois.batch.BatchCursor;
import galois.batch.Bytes;
import galois.batch.RowLayout;
import galois.batch.RowRouter;
import galois.cluster.PhysicalPlan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/** The kernels of a physical plan, joined as its edges say; batches go through at once. */
final class Dataflow implements AutoCloseable {
    private final List<Station> stations = new ArrayList<>();
    private final PhysicalPlan plan;
    private final Outcome outcome;

    /** A kernel and what waits at its ports. */
    private record Station(
            RunningKernel kernel, PhysicalPlan.Fragment fragment, List<Queue<byte[]>> waiting) {
        /** The next port to read: those that must be read to their end come first; or -1. */
        int next() {
            for (int port = 0; port < waiting.size(); port++) {
                Reading reading = fragment.inputs().get(port).reading();
                boolean isFirst = reading == Reading.TO_END || reading == Reading.TABLE;
                if (isFirst && !kernel.hasEnded(port)) {
                    return waiting.get(port).isEmpty() ? -1 : port;
                }
            }
            for (int port = 0; port < waiting.size(); port++) {
                if (!waiting.get(port).isEmpty()) {
                    return port;
                }
            }
            return -1;
        }
    }

    /**
     * @param kernels of the fragments, in their order
     */
    Dataflow(PhysicalPlan plan, List<RunningKernel> kernels, Outcome outcome) {
        this.plan = plan;
        this.outcome = outcome;
        for (int i = 0; i < kernels.size(); i++) {
            PhysicalPlan.Fragment fragment = plan.fragments().get(i);
            List<Queue<byte[]>> waiting = new ArrayList<>();
            fragment.inputs().forEach(input -> waiting.add(new ArrayDeque<>()));
            stations.add(new Station(kernels.get(i), fragment, waiting));
        }
    }

    /** A batch of a source, and what comes of it, through all kernels. */
    void source(int number, byte[] batch) {
        send(PhysicalPlan.Sender.ofSource(number), batch);
    }

    private void send(PhysicalPlan.Sender sender, byte[] batch) {
        for (int i = 0; i < stations.size(); i++) {
            Station station = stations.get(i);
            for (int port = 0; port < station.waiting().size(); port++) {
                if (station.fragment().inputs().get(port).sender().equals(sender)) {
                    station.waiting().get(port).add(batch);
                    work(station, i);
                    return;
                }
            }
        }
        BatchCursor cursor = new BatchCursor().wrap(batch, 0, batch.length, outcome.schema());
        for (int i = 0; i < cursor.rows(); i++) {
            outcome.rows().add(Batches.row(cursor.row(i), outcome.schema()));
        }
    }

    private void work(Station station, int number) {
        for (int port = station.next(); port >= 0; port = station.next()) {
            byte[] batch = station.waiting().get(port).remove();
            boolean isTable = station.fragment().inputs().get(port).reading() == Reading.TABLE;
            for (byte[] result : station.kernel().feed(port, batch, isTable)) {
                if (Bytes.getInt(result, RowLayout.ROWS) > 0) {
                    deal(number, station, result);
                }
            }
            // Time follows the rows that it completed.
            long watermarkUs = station.kernel().watermarkUs();
            deal(
                    number,
                    station,
                    Batches.of(station.kernel().schema(), List.of(), -1, watermarkUs));
        }
    }

    /** To each reader its rows. */
    private void deal(int number, Station station, byte[] batch) {
        List<PhysicalPlan.Sender> readers = plan.leaving(number);
        if (readers.get(0).port() < 0) {
            readers.forEach(reader -> send(reader, batch));
            return;
        }
        RowRouter router = new RowRouter(station.kernel().schema(), readers.size());
        router.deal(batch, batch.length);
        for (PhysicalPlan.Sender reader : readers) {
            int port = reader.port();
            send(reader, Arrays.copyOf(router.batch(port), router.length(port)));
        }
    }

    /** Moves the state of every kernel into a fresh instance. */
    void saveAndLoad() {
        stations.forEach(station -> station.kernel().saveAndLoad());
    }

    int sources() {
        return plan.sources().size();
    }

    @Override
    public void close() {
        stations.forEach(station -> station.kernel().close());
    }
}
