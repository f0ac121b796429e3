package galois.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.io.PrintStream;

class StrayOutputTest {
    @Test
    void logsEachLineAtTheLevelItNames() {
        Logger log = (Logger) LoggerFactory.getLogger("stray");
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        log.setLevel(Level.DEBUG);
        log.addAppender(events);
        PrintStream out = StrayOutput.to(log);
        out.print("[DEBUG] one\r\n[WARN ] two\n");
        out.print("x".repeat(StrayOutput.LINE_BYTES_MAX + 1));
        out.println();
        assertEquals(4, events.list.size());
        assertEquals(Level.DEBUG, events.list.get(0).getLevel());
        assertEquals("[DEBUG] one", events.list.get(0).getFormattedMessage());
        assertEquals(Level.WARN, events.list.get(1).getLevel());
        assertEquals("x", events.list.get(3).getFormattedMessage());
    }
}
