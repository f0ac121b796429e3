package galois.bench.flink;

import galois.bench.SensorRows;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSourceFactory;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The rows, pass after pass, from memory; each pass is later than the one before. */
final class SensorSource
        implements Source<RowData, NumberSequenceSplit, Collection<NumberSequenceSplit>> {
    private static final long serialVersionUID = 1;
    private static final int ROWS_A_CALL = 1_000; // as many as a batch of ours has

    /** How much later a pass is. */
    static final long PASS_US = SensorRows.COUNT / SensorRows.PER_WINDOW * SensorRows.WINDOW_US;

    /** Of the one source of this JVM. */
    static Meter meter;

    /** What the one source of this JVM emits. */
    static SensorRows rows;

    /** Passes emitted. */
    static int passes;

    /** Splits without a meaning of their own: Flink wants some. */
    private final NumberSequenceSource splits = new NumberSequenceSource(0, 0);

    /** Finds the source by its name in SQL. */
    public static final class Factory implements DynamicTableSourceFactory {
        @Override
        public DynamicTableSource createDynamicTableSource(Context context) {
            return new Table();
        }

        @Override
        public String factoryIdentifier() {
            return "sensor-rows";
        }

        @Override
        public Set<ConfigOption<?>> requiredOptions() {
            return Set.of();
        }

        @Override
        public Set<ConfigOption<?>> optionalOptions() {
            return Set.of();
        }
    }

    private static final class Table implements ScanTableSource {
        @Override
        public ChangelogMode getChangelogMode() {
            return ChangelogMode.insertOnly();
        }

        @Override
        public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
            return SourceProvider.of(new SensorSource());
        }

        @Override
        public DynamicTableSource copy() {
            return new Table();
        }

        @Override
        public String asSummaryString() {
            return "sensor rows in memory";
        }
    }

    private static final class Reader implements SourceReader<RowData, NumberSequenceSplit> {
        private final SensorRow row = new SensorRow(rows);
        private int next = rows.count();

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<RowData> output) {
            if (next == rows.count()) {
                if (!meter.next()) {
                    return InputStatus.END_OF_INPUT;
                }
                passes++;
                next = 0;
            }
            int end = Math.min(rows.count(), next + ROWS_A_CALL);
            long shiftUs = (passes - 1) * PASS_US;
            for (int i = next; i < end; i++) {
                row.move(i, shiftUs);
                output.collect(row);
            }
            next = end;
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public List<NumberSequenceSplit> snapshotState(long checkpoint) {
            return List.of();
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void addSplits(List<NumberSequenceSplit> added) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<RowData, NumberSequenceSplit> createReader(SourceReaderContext context) {
        return new Reader();
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> createEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> context) {
        return splits.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> restoreEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> context,
            Collection<NumberSequenceSplit> state) {
        return splits.restoreEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
        return splits.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Collection<NumberSequenceSplit>>
            getEnumeratorCheckpointSerializer() {
        return splits.getEnumeratorCheckpointSerializer();
    }
}
