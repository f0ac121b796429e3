package galois.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.TextPosition;
import galois.api.client.ClientSession;
import galois.api.control.Message;
import galois.api.query.SourceText;
import galois.group.LocalBus;
import galois.shell.client.BusClient;
import galois.shell.client.ResultConnector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A session outlives its global manager. */
@Timeout(60)
class ManagerRestartTest {
    private final LocalBus bus = new LocalBus();
    private final ResultConnector results = new ResultConnector();
    private final BusClient client = new BusClient(bus, new SplitLanguage(), results);

    @Test
    void aStatementWaitsForTheManagerThatComesBack() throws Exception {
        TestManager before = new TestManager(bus, results);
        ClientSession session = client.open(problems -> {});
        assertEquals("shown", show(session));
        CountDownLatch heard = new CountDownLatch(1);
        bus.join(
                "watcher",
                (from, message) -> {
                    if (message instanceof Message.MemberChanged change
                            && change.address().equals("global")
                            && !change.up()) {
                        heard.countDown();
                    }
                });
        before.close();
        assertTrue(heard.await(20, TimeUnit.SECONDS));
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> show(session));
        TestManager after = new TestManager(bus, results);
        assertEquals("shown", answer.get(20, TimeUnit.SECONDS));
        session.close();
        after.close();
    }

    private static String show(ClientSession session) {
        SourceText show = new SourceText("SHOW", new TextPosition(1, 1));
        return session.execute(show, null).text();
    }
}
