package galois.global;

import galois.api.ErrorCode;
import galois.api.control.Message.Execute;
import galois.api.control.Message.Failure;
import galois.api.control.Message.Refused;
import galois.api.query.Catalog;

import java.util.ArrayDeque;
import java.util.Deque;

/** Statements that wait for their turn to be planned: one at a time, in the order they came. */
final class Statements {
    /** One more is refused. */
    static final int WAITING_MAX = 4096;

    private final Outbox out;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private Request underWay;
    private long lastTicket;

    /** A statement of a client. */
    record Request(long ticket, String client, Execute execute) {
        Settings settings() {
            return new Settings(execute.settings());
        }
    }

    Statements(Outbox out) {
        this.out = out;
    }

    void add(String client, Execute execute) {
        if (waiting.size() >= WAITING_MAX) {
            Failure full =
                    Failure.of(
                            ErrorCode.QUERY_LIMIT,
                            WAITING_MAX + " statements wait: send the next after an answer");
            out.send(client, new Refused(execute.requestId(), full));
        } else {
            waiting.add(new Request(++lastTicket, client, execute));
        }
    }

    void clientLeft(String client) {
        waiting.removeIf(request -> request.client().equals(client));
    }

    /** The request that an answer is for; null when it is an old one. It stays under way. */
    Request underWay(long ticket) {
        return underWay == null || underWay.ticket() != ticket ? null : underWay;
    }

    /** The request has its answer: the next may begin. */
    void answered(Request request) {
        if (underWay == request) {
            underWay = null;
        }
    }

    /** Begins the next when none is under way. */
    void next(Catalog catalog) {
        if (underWay == null && !waiting.isEmpty()) {
            underWay = waiting.poll();
            Execute execute = underWay.execute();
            out.add(
                    new GlobalEffect.Plan(
                            underWay.ticket(), execute.statement(), catalog, execute.settings()));
        }
    }
}
