package galois.node.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.control.Assignment;
import galois.api.control.Message;
import galois.api.control.QueryState;
import galois.api.node.EdgeInput;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchCursor;
import galois.batch.RowLayout;
import galois.node.role.LineFormat;
import galois.node.role.MemorySource;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Event times, watermarks and silence of a producer. */
class ProducerTimeTest extends ProducerFixture {
    @Test
    void rowsGetTheirEventTimeAndBatchesTheWatermark() throws Exception {
        start(source(false, "1,500,a", "2,900,b", "3,700,c"), Map.of(), 100);
        EdgeInput input = input("e1");
        Semaphore available = new Semaphore(0);
        input.onAvailable(available::release);
        List<Long> times = new ArrayList<>();
        long watermarkUs = RowLayout.WATERMARK_NONE;
        while (times.size() < 3) {
            BatchCursor cursor = wrap(next(input, available));
            for (int i = 0; i < cursor.rows(); i++) {
                times.add(cursor.row(i).eventTimeUs());
            }
            watermarkUs = cursor.watermarkUs();
            input.release();
        }
        assertEquals(List.of(500L, 900L, 700L), times);
        assertEquals(799, watermarkUs);
    }

    @Test
    void theSlowestPartitionSetsTheWatermarkUntilItIsSilentTooLong() throws Exception {
        MemorySource source = source(false, "1,500,a", "2,900,b", "3,700,a");
        start(source, Map.of("watermark_per", "text", "idle_timeout", "30 s"), 100);
        assertEquals(599, readUntil("e1", 599, 3, false));
        EdgeInput input = input("e1");
        while (input.peek() == null) { // a step while the role still sends is no silence
            node.advanceMs(30_000);
            roles.add("other", source(true)); // wakes the role
            new Semaphore(0).tryAcquire(5, TimeUnit.MILLISECONDS);
        }
        assertEquals(799, readUntil("e1", 799, 0, true));
    }

    @Test
    void aSourceThatNeverGivesARowIsIdleAndANewOutputHearsOfIt() throws Exception {
        start(source(false), Map.of("idle_timeout", "1 ms"), 0);
        readUntil("e1", RowLayout.WATERMARK_NONE, 0, true);
        node.assign(assignment(Map.of("transport", "memory"), 0, "e1", "e2"));
        readUntil("e2", RowLayout.WATERMARK_NONE, 0, true);
    }

    @Test
    void aRowBehindTheWatermarkBeginsABatchWhateverWasReadTogether() throws Exception {
        List<String> lines = List.of("1,500,abc", "2,900,", "3,700,x", "4,800,yz", "5,850,", "end");
        start(source(true, lines.toArray(String[]::new)), Map.of(), 100);
        EdgeInput input = input("e1");
        Semaphore available = new Semaphore(0);
        input.onAvailable(available::release);
        long reachedUs = RowLayout.WATERMARK_NONE;
        List<Long> behind = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        while (reachedUs != RowLayout.WATERMARK_END) {
            BatchCursor cursor = wrap(next(input, available));
            for (int i = 0; i < cursor.rows(); i++) {
                cursor.row(i);
                texts.add(cursor.getString(2));
                if (cursor.eventTimeUs() < reachedUs) {
                    behind.add(cursor.getLong(0));
                }
            }
            reachedUs = cursor.watermarkUs();
            input.release();
        }
        assertEquals(List.of(3L), behind);
        assertEquals(List.of("abc", "", "x", "yz", ""), texts);
    }

    @Test
    void arrivalTimesGoOnWithoutRowsAndNeverBack() throws Exception {
        Map<String, String> options = Map.of("transport", "memory", "format", "line");
        StreamDefinition stream =
                new StreamDefinition(
                        "s", LineFormat.SCHEMA, Map.of("ts", "arrival"), 1, 0, options);
        roles.add("memory", source(false));
        node.roles().role("galois.node.producer", roles);
        long beforeUs = node.epochUs();
        node.assign(new Assignment.Producer("p", "q", 1, "node-1", stream, List.of(edge("e1"))));
        readUntil("e1", beforeUs, 0, false);
    }

    @Test
    void badTimeOptionsFailWithWhatTheyMayBe() {
        start(source(true), Map.of("idle_timeout", "soon"), 0);
        Message.AssignmentChanged failed = node.await("p", QueryState.FAILED);
        assertEquals(
                "stream \"s\": option 'idle_timeout' is 'soon': use a length of time such as"
                        + " '500 ms', '10 s', '5 min' or '1 h'",
                failed.failure().message());
    }
}
