package galois.node.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.batch.BatchBuilder;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

class SourceTimeTest {
    private final SourceTime time = new SourceTime(10, 1_000);

    @Test
    void theNewestRowOfTheSlowestPartitionCounts() {
        assertEquals(RowLayout.WATERMARK_NONE, time.watermarkUs());
        time.row(0, 100, 0);
        assertEquals(89, time.watermarkUs());
        time.row(1, 150, 0);
        time.row(0, 90, 0);
        assertEquals(89, time.watermarkUs());
        time.row(0, 200, 0);
        assertEquals(139, time.watermarkUs());
        assertTrue(time.isBehind(138));
        assertFalse(time.isBehind(139));
    }

    @Test
    void aPartitionThatComesLateTakesNothingBack() {
        time.row(0, 100, 0);
        assertEquals(89, time.watermarkUs());
        time.row(1, 50, 0);
        time.row(0, 300, 0);
        assertEquals(89, time.watermarkUs());
        time.row(1, 120, 0);
        assertEquals(109, time.watermarkUs());
    }

    @Test
    void whatIsSilentIsLeftOutUntilItGivesARow() {
        time.row(0, 100, 0);
        time.row(1, 500, 400);
        assertEquals(89, time.watermarkUs());
        assertEquals(1, time.expire(999));
        assertEquals(89, time.watermarkUs());
        assertEquals(400, time.expire(1_000));
        assertEquals(489, time.watermarkUs());
        assertFalse(time.isIdle());
        time.row(0, 600, 1_100);
        assertEquals(489, time.watermarkUs());
        time.row(1, 700, 1_200);
        assertEquals(589, time.watermarkUs());
    }

    @Test
    void whenAllAreSilentTheFastestCountsInWhateverOrderTheyFellSilent() {
        time.row(0, 100, 0);
        time.row(1, 500, 0);
        time.row(0, 101, 500);
        time.expire(1_000);
        assertEquals(90, time.watermarkUs());
        assertFalse(time.isIdle());
        assertEquals(SourceTime.NEVER_NS, time.expire(1_500));
        assertTrue(time.isIdle());
        assertEquals(489, time.watermarkUs());
        time.row(0, 102, 1_600);
        assertFalse(time.isIdle());
        assertEquals(489, time.watermarkUs());
    }

    @Test
    void aSourceWithoutAnyRowIsIdleAfterTheSameTime() {
        time.start(5_000);
        assertEquals(1_000, time.expire(5_000));
        assertFalse(time.isIdle());
        assertEquals(SourceTime.NEVER_NS, time.expire(6_000));
        assertTrue(time.isIdle());
    }

    @Test
    void waitingForOutputsIsNoSilence() {
        time.row(0, 100, 0);
        time.blocked(700);
        assertEquals(700, time.expire(1_000));
        assertFalse(time.isIdle());
        time.expire(1_700);
        assertTrue(time.isIdle());
    }

    @Test
    void withoutAnIdleTimeNothingIsEverLeftOut() {
        SourceTime patient = new SourceTime(0, SourceTime.NEVER_NS);
        patient.row(0, 1, 0);
        assertEquals(SourceTime.NEVER_NS, patient.expire(Long.MAX_VALUE));
        assertFalse(patient.isIdle());
    }

    @Test
    void aDelayOfMoreThanAllTimeCompletesNothing() {
        SourceTime end = new SourceTime(Long.MAX_VALUE / 4, SourceTime.NEVER_NS);
        end.row(0, Long.MIN_VALUE + 5, 0);
        assertEquals(RowLayout.WATERMARK_NONE, end.watermarkUs());
    }

    @Test
    void aSuccessorGoesOnWhereItWasSaved() throws IOException {
        time.row(0, 100, 0);
        time.row(1, 50, 0);
        assertEquals(39, time.watermarkUs());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        time.save(new DataOutputStream(bytes));
        SourceTime next = new SourceTime(10, 1_000);
        next.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        next.row(1, 80, 0);
        assertEquals(69, next.watermarkUs());
    }

    @Test
    void partitionsAreTheValuesOfAColumnUpToTheirLimit() throws IOException {
        Schema schema = Schema.of(new Field("t", FieldType.VARCHAR));
        Partitions partitions = new Partitions(0, FieldType.VARCHAR);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < Partitions.MAX + 5; i++) {
                int expected = Math.min(i, Partitions.MAX - 1);
                assertEquals(expected, partitions.of(row(schema, "device " + i)));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        partitions.save(new DataOutputStream(bytes));
        Partitions next = new Partitions(0, FieldType.VARCHAR);
        next.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertEquals(77, next.of(row(schema, "device 77")));
        Partitions numbers = new Partitions(0, FieldType.BIGINT);
        BatchBuilder number = new BatchBuilder(Schema.of(new Field("n", FieldType.BIGINT)), 1_000);
        number.beginRow();
        assertEquals(0, numbers.of(number));
        number.setLong(0, 0);
        assertEquals(1, numbers.of(number));
        number.setNull(0);
        assertEquals(0, numbers.of(number));
    }

    private static BatchBuilder row(Schema schema, String text) {
        BatchBuilder row = new BatchBuilder(schema, 1_000);
        row.beginRow();
        row.setString(0, "before");
        row.commitRow(0, RowKind.INSERT, 0);
        row.beginRow();
        row.setString(0, text);
        return row;
    }
}
