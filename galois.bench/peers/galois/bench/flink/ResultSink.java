package galois.bench.flink;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;

import java.util.Set;
import java.util.function.Consumer;

/** Counts the result rows and shows each of them to whoever digests them. */
final class ResultSink implements Sink<RowData> {
    private static final long serialVersionUID = 1;

    /** Of the one sink of this JVM. */
    static Consumer<RowData> consumer;

    /** Finds the sink by its name in SQL. */
    public static final class Factory implements DynamicTableSinkFactory {
        @Override
        public DynamicTableSink createDynamicTableSink(Context context) {
            return new Table();
        }

        @Override
        public String factoryIdentifier() {
            return "results";
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

    private static final class Table implements DynamicTableSink {
        @Override
        public ChangelogMode getChangelogMode(ChangelogMode requested) {
            return requested;
        }

        @Override
        public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
            return SinkV2Provider.of(new ResultSink());
        }

        @Override
        public DynamicTableSink copy() {
            return new Table();
        }

        @Override
        public String asSummaryString() {
            return "count and digest";
        }
    }

    private static final class Writer implements SinkWriter<RowData> {
        private final Consumer<RowData> seen = consumer;

        @Override
        public void write(RowData row, Context context) {
            seen.accept(row);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
    }

    @Override
    @SuppressWarnings("deprecation") // the other one is what Flink calls
    public SinkWriter<RowData> createWriter(InitContext context) {
        return new Writer();
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
        return new Writer();
    }
}
