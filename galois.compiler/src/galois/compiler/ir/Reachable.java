package galois.compiler.ir;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The functions that exports can reach, in the order in which a walk from the exports meets them.
 */
final class Reachable {
    private final Set<Callable> seen = new LinkedHashSet<>();

    private Reachable() {}

    static List<Callable> from(List<WasmFunction> roots) {
        Reachable walk = new Reachable();
        walk.seen.addAll(roots);
        List<Callable> queue = new ArrayList<>(roots);
        for (int i = 0; i < queue.size(); i++) {
            if (queue.get(i) instanceof WasmFunction function) {
                int before = walk.seen.size();
                function.body().forEach(walk::statement);
                walk.seen.stream().skip(before).forEach(queue::add);
            }
        }
        return queue;
    }

    private void statement(Statement statement) {
        if (statement instanceof Statement.Set set) {
            value(set.value());
        } else if (statement instanceof Statement.Store store) {
            value(store.address());
            value(store.value());
        } else if (statement instanceof Statement.Block block) {
            block.body().forEach(this::statement);
        } else if (statement instanceof Statement.Loop loop) {
            loop.body().forEach(this::statement);
        } else if (statement instanceof Statement.If branch) {
            value(branch.condition());
            branch.then().forEach(this::statement);
            branch.otherwise().forEach(this::statement);
        } else if (statement instanceof Statement.JumpIf jump) {
            value(jump.condition());
        } else if (statement instanceof Statement.Return ret) {
            ret.value().ifPresent(this::value);
        } else if (statement instanceof Statement.Run run) {
            value(run.call());
        } else if (statement instanceof Statement.Copy copy) {
            List.of(copy.to(), copy.from(), copy.bytes()).forEach(this::value);
        } else if (statement instanceof Statement.Fill fill) {
            List.of(fill.to(), fill.octet(), fill.bytes()).forEach(this::value);
        }
    }

    private void value(Value value) {
        if (value instanceof Value.Apply apply) {
            apply.operands().forEach(this::value);
        } else if (value instanceof Value.Load load) {
            value(load.address());
        } else if (value instanceof Value.Call call) {
            seen.add(call.callee());
            call.arguments().forEach(this::value);
        } else if (value instanceof Value.Select select) {
            List.of(select.condition(), select.then(), select.otherwise()).forEach(this::value);
        } else if (value instanceof Value.Grow grow) {
            value(grow.pages());
        }
    }
}
