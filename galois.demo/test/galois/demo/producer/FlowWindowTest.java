package galois.demo.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FlowWindowTest {
    private final FlowWindow window = new FlowWindow(3);

    private void publish(int rows) {
        for (int i = 0; i < rows; i++) {
            assertTrue(window.isOpen());
            window.onPublished();
        }
    }

    @Test
    void closesAtTheLimitAndOpensWhenRowsAreTaken() {
        publish(3);
        assertFalse(window.isOpen());
        window.onTaken(1);
        publish(1);
        assertFalse(window.isOpen());
        window.onTaken(4);
        publish(3);
    }

    @Test
    void anOldCountChangesNothing() {
        publish(3);
        window.onTaken(2);
        assertEquals(2, window.taken());
        window.onTaken(2);
        assertEquals(2, window.taken());
    }

    @Test
    void aSourceThatBeginsAgainCountsFromZero() {
        publish(3);
        window.onTaken(3);
        publish(2);
        window.onTaken(1);
        assertEquals(4, window.taken());
        window.onTaken(2);
        assertEquals(5, window.taken());
    }

    @Test
    void givingUpForgetsWhatIsLost() {
        publish(3);
        window.onTaken(1);
        window.giveUp();
        publish(3);
        assertFalse(window.isOpen());
        window.onTaken(2);
        assertTrue(window.isOpen());
    }
}
