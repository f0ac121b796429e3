package galois.node.core;

import galois.api.control.Bus;
import galois.api.control.Message;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A bus with one member: keeps what it sends, and lets a test wait for it. */
final class RecordingBus implements Bus, Bus.Member {
    /** How long nothing at all may come. */
    private static final long LIMIT_MS = 30_000;

    private final List<Message> sent = new ArrayList<>();
    private Receiver receiver;
    private Consumer<Message.CodeRequest> answer;
    private String address;

    @Override
    public Member join(String joined, Receiver joining) {
        address = joined;
        receiver = joining;
        return this;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public synchronized void send(String to, Message message) {
        sent.add(message);
        notifyAll();
        if (message instanceof Message.CodeRequest request && answer != null) {
            answer.accept(request);
        }
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void close() {
        receiver = null;
    }

    /** Who answers requests for code. */
    void onCodeRequest(Consumer<Message.CodeRequest> answering) {
        answer = answering;
    }

    void deliver(Message message) {
        receiver.onMessage("cluster/c1", message);
    }

    synchronized List<Message> sent() {
        return List.copyOf(sent);
    }

    synchronized void forget() {
        sent.clear();
    }

    /** The first message sent, before or after now, that fits; the test's limit ends it. */
    synchronized <T extends Message> T await(Class<T> type, Predicate<T> fits) {
        for (int seen = 0; ; ) {
            for (; seen < sent.size(); seen++) {
                Message message = sent.get(seen);
                if (type.isInstance(message) && fits.test(type.cast(message))) {
                    return type.cast(message);
                }
            }
            try {
                wait(LIMIT_MS);
            } catch (InterruptedException e) {
                throw new AssertionError("waited for " + type.getSimpleName() + " in " + sent, e);
            }
            if (seen == sent.size()) {
                throw new AssertionError("no such " + type.getSimpleName() + " among " + sent);
            }
        }
    }
}
