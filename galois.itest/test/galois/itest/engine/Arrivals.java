package galois.itest.engine;

import galois.batch.RowLayout;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a source in batches as a producer makes them: each carries the watermark of the rows
 * so far, and a row that is behind the watermark begins a batch. The end is a batch of its own.
 */
final class Arrivals {
    private final int source;
    private final Input input;
    private int next;
    private long watermarkUs = RowLayout.WATERMARK_NONE;

    /**
     * @param source its number in the plan
     */
    Arrivals(int source, Input input) {
        this.source = source;
        this.input = input;
    }

    int source() {
        return source;
    }

    boolean hasEnded() {
        return watermarkUs == RowLayout.WATERMARK_END;
    }

    /** At most that many rows, perhaps none. */
    byte[] batch(int limit) {
        List<List<Object>> all = input.table().rows();
        List<List<Object>> rows = new ArrayList<>();
        if (next == all.size()) {
            watermarkUs = RowLayout.WATERMARK_END;
        }
        while (rows.size() < limit && next < all.size()) {
            long timeUs = (Long) all.get(next).get(input.stream().timeField());
            if (!rows.isEmpty() && timeUs < watermarkUs) {
                break;
            }
            rows.add(all.get(next++));
            watermarkUs = Math.max(watermarkUs, timeUs - input.stream().watermarkDelayUs() - 1);
        }
        return Batches.of(input.table().schema(), rows, input.stream().timeField(), watermarkUs);
    }
}
