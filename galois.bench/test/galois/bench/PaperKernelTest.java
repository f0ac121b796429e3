package galois.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** What the bench compares gives the same rows. */
class PaperKernelTest {
    private final ElecRows rows = ElecRows.uniform();

    @Test
    void thresholdsSelectHalfOfTheUniformRows() {
        int selected = new HandWritten(rows.numbers(), rows.thresholdsForHalf()).run();
        assertTrue(Math.abs(selected - ElecRows.COUNT / 2) <= 1, selected + " selected");
    }

    @Test
    void kernelSelectsTheRowsOfHandWrittenJava() {
        for (double[] thresholds :
                new double[][] {rows.thresholdsForHalf(), PaperQuery.paperThresholds()}) {
            HandWritten java = new HandWritten(rows.numbers(), thresholds);
            int selected = java.run();
            try (PaperKernel kernel = new PaperKernel(rows, thresholds)) {
                assertEquals(selected, kernel.runInPlace());
                assertEquals(selected, kernel.runCopyIn());
                assertArrayEquals(Arrays.copyOf(java.results(), 2 * selected), kernel.results());
            }
        }
    }
}
