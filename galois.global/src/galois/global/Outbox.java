package galois.global;

import galois.api.control.Message;

import java.util.ArrayList;
import java.util.List;

/** The effects of the event in hand, in order. */
final class Outbox {
    private List<GlobalEffect> effects = new ArrayList<>();

    List<GlobalEffect> take() {
        List<GlobalEffect> taken = List.copyOf(effects);
        effects = new ArrayList<>();
        return taken;
    }

    void add(GlobalEffect effect) {
        effects.add(effect);
    }

    void send(String to, Message message) {
        effects.add(new GlobalEffect.Send(to, message));
    }

    void wakeAt(long timeNs) {
        effects.add(new GlobalEffect.WakeAt(timeNs));
    }
}
