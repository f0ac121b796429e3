package galois.node.core;

import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.kernel.KernelModule;

import java.util.List;

/** What the node must know of each kind of assignment; a new role is a new case here. */
record RoleKind(
        String letter,
        String factoryPid,
        String label,
        String codeId,
        List<Edge> inputs,
        List<Edge> outputs) {
    static RoleKind of(Assignment assignment) {
        if (assignment instanceof Assignment.Producer p) {
            return new RoleKind(
                    "p", "galois.node.producer", p.stream().name(), "", List.of(), p.outputs());
        }
        if (assignment instanceof Assignment.Consumer c) {
            return new RoleKind(
                    "c",
                    "galois.node.consumer",
                    String.join("+", c.operators()) + " " + KernelModule.shortId(c.codeId()),
                    c.codeId(),
                    c.inputs().stream().map(Assignment.Port::edge).toList(),
                    c.outputs().stream().map(Assignment.Output::edge).toList());
        }
        Assignment.Sink z = (Assignment.Sink) assignment;
        return new RoleKind(
                "z", "galois.node.sink", z.target().name(), "", List.of(z.input()), List.of());
    }
}
