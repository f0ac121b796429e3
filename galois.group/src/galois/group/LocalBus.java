package galois.group;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Bus;
import galois.api.control.Message;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bus inside one process. Members share no object: each message travels as bytes, as it will
 * over a network.
 */
@Component(property = "name=local")
public final class LocalBus implements Bus {
    private static final Logger LOG = LoggerFactory.getLogger(LocalBus.class);

    private final Map<String, LocalMember> members = new ConcurrentSkipListMap<>();
    private final EnvelopeCodec codec = new EnvelopeCodec();
    private final AtomicLong epoch = new AtomicLong();
    private final AtomicLong undeliverable = new AtomicLong();
    private final int inboxMessagesMax;

    @Activate
    public LocalBus() {
        this(INBOX_MESSAGES_MAX);
    }

    LocalBus(int inboxMessagesMax) {
        this.inboxMessagesMax = inboxMessagesMax;
    }

    @Override
    public Member join(String address, Receiver receiver) {
        LocalMember member =
                new LocalMember(this, address, epoch.incrementAndGet(), receiver, inboxMessagesMax);
        synchronized (members) {
            if (members.putIfAbsent(address, member) != null) {
                throw new GaloisException(
                        ErrorCode.DUPLICATE_NAME,
                        "address \"" + address + "\" is taken on the bus: close its member first");
            }
            List<LocalMember> others =
                    members.values().stream().filter(other -> other != member).toList();
            others.forEach(other -> tell(member, other, true)); // before any can speak to it
            others.forEach(other -> tell(other, member, true));
        }
        member.start();
        return member;
    }

    /** Members that are still there are told to stop; they learn of it by silence. */
    @Deactivate
    void close() {
        members.values().forEach(LocalMember::close);
    }

    void send(LocalMember from, String to, Message message) {
        LocalMember receiver = members.get(to);
        if (receiver == null) {
            undeliverable.incrementAndGet();
            LOG.info("{} to {}: nobody has that address", message.getClass().getSimpleName(), to);
            return;
        }
        Envelope envelope =
                new Envelope(Envelope.VERSION, from.epoch(), from.address(), to, message);
        receiver.deliver(codec.encode(envelope));
    }

    private void tell(LocalMember told, LocalMember about, boolean up) {
        Message change = new Message.MemberChanged(about.address(), up);
        told.told(
                codec.encode(
                        new Envelope(
                                Envelope.VERSION,
                                about.epoch(),
                                about.address(),
                                told.address(),
                                change)));
    }

    void left(LocalMember member) {
        synchronized (members) {
            if (members.remove(member.address(), member)) {
                members.values().forEach(other -> tell(other, member, false));
            }
        }
    }

    EnvelopeCodec codec() {
        return codec;
    }

    /** Messages to addresses nobody had. */
    long undeliverableCount() {
        return undeliverable.get();
    }

    /** Messages that their receiver could not read. */
    long droppedCount() {
        return codec.droppedCount();
    }
}
