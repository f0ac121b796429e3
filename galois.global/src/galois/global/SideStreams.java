package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Message.SourceBinding;
import galois.api.io.LateRows;
import galois.api.io.StreamOptions;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.batch.Field;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Streams whose late rows go to another stream ({@code late = 'side:other'}): which sources of a
 * query have such rows. The operator that finds them late must be the first with state that they
 * come to, for it hands them out as they came.
 */
final class SideStreams {
    private final List<SourceBinding> sources;
    private final Catalog catalog;
    private final List<SourceBinding> found = new ArrayList<>();

    private SideStreams(List<SourceBinding> sources, Catalog catalog) {
        this.sources = sources;
        this.catalog = catalog;
    }

    /**
     * The sources with the streams of their late rows.
     *
     * @param plan with the times of its joins
     * @throws GaloisException UNKNOWN_STREAM, STREAM_OPTION, UNSUPPORTED with the remedy
     */
    static List<SourceBinding> of(LogicalPlan plan, List<SourceBinding> sources, Catalog catalog) {
        SideStreams side = new SideStreams(sources, catalog);
        side.follow(plan.root(), List.of());
        return side.found;
    }

    /**
     * @param above the operators that read it, the nearest last
     */
    private void follow(LogicalOp op, List<LogicalOp> above) {
        if (op instanceof LogicalOp.Source) {
            SourceBinding source = sources.get(found.size());
            found.add(source(source, above));
            return;
        }
        List<LogicalOp> readers = new ArrayList<>(above);
        readers.add(op);
        op.inputs().forEach(input -> follow(input, readers));
    }

    private SourceBinding source(SourceBinding source, List<LogicalOp> above) {
        StreamDefinition stream = source.stream();
        String name = stream.isTable() ? null : LateRows.of(stream).side();
        if (name == null) {
            return source;
        }
        LogicalOp before = null;
        for (int i = above.size() - 1; i >= 0; i--) {
            LogicalOp op = above.get(i);
            if (Plans.findsLateRows(op)) {
                checkFirst(stream, before);
                return source.lateTo(side(stream, name));
            }
            boolean passes =
                    op instanceof LogicalOp.Repeat
                            || op instanceof LogicalOp.Join
                            || op instanceof LogicalOp.Sort;
            if (Plans.isStateful(op) && !passes) {
                return source; // what comes of it is never late
            }
            before = Plans.isStateful(op) ? op : before;
        }
        return source;
    }

    private static void checkFirst(StreamDefinition stream, LogicalOp before) {
        if (before == null) {
            return;
        }
        String what =
                before instanceof LogicalOp.Repeat
                        ? "rows of HOP or GROUPING SETS"
                        : before instanceof LogicalOp.Join ? "the rows of a join" : "LIMIT";
        throw new GaloisException(
                ErrorCode.UNSUPPORTED,
                "late rows of stream \""
                        + stream.name()
                        + "\" cannot go to a side stream from behind "
                        + what
                        + ", because they are not as they came any more: group the stream by its"
                        + " window first, or leave 'side:' out of its option 'late'");
    }

    private StreamDefinition side(StreamDefinition stream, String name) {
        StreamDefinition side =
                catalog.stream(name)
                        .orElseThrow(
                                () ->
                                        new GaloisException(
                                                ErrorCode.UNKNOWN_STREAM,
                                                "late rows of stream \""
                                                        + stream.name()
                                                        + "\" go to \""
                                                        + name
                                                        + "\", which does not exist: CREATE STREAM "
                                                        + name
                                                        + " "
                                                        + columns(stream)));
        if (side.isTable() || !columns(side).equalsIgnoreCase(columns(stream))) {
            throw StreamOptions.bad(
                    stream,
                    "its late rows go to "
                            + side.kind()
                            + " \""
                            + side.name()
                            + "\", which has not the same columns: it must be a stream "
                            + columns(stream));
        }
        return side;
    }

    private static String columns(StreamDefinition stream) {
        return stream.schema().fields().stream()
                .map(SideStreams::column)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String column(Field field) {
        return field.name() + " " + field.type();
    }
}
