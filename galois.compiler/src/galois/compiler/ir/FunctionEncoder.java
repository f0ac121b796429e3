package galois.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** The bytes of one function body. */
final class FunctionEncoder {
    private static final int EMPTY_BLOCK = 0x40;

    private final WasmBytes out = new WasmBytes();
    private final List<Label> open = new ArrayList<>();
    private final ToIntFunction<Callable> indices;

    private FunctionEncoder(ToIntFunction<Callable> indices) {
        this.indices = indices;
    }

    /**
     * @param indices the function index of everything that can be called
     */
    static byte[] encode(WasmFunction function, ToIntFunction<Callable> indices) {
        FunctionEncoder encoder = new FunctionEncoder(indices);
        encoder.locals(function.localTypes());
        List<Statement> body = function.body();
        encoder.statements(body);
        boolean returned = !body.isEmpty() && body.get(body.size() - 1) instanceof Statement.Return;
        if (function.result().isPresent() && !returned) {
            // Every path has returned; the validator wants to see it.
            encoder.out.octet(0x00);
        }
        return encoder.out.octet(0x0B).toArray();
    }

    private void locals(List<WasmType> types) {
        List<int[]> runs = new ArrayList<>();
        for (WasmType type : types) {
            int[] last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last != null && last[1] == type.code()) {
                last[0]++;
            } else {
                runs.add(new int[] {1, type.code()});
            }
        }
        out.unsigned(runs.size());
        runs.forEach(run -> out.unsigned(run[0]).octet(run[1]));
    }

    private void statements(List<Statement> list) {
        list.forEach(this::statement);
    }

    private void statement(Statement statement) {
        if (statement instanceof Statement.Set set) {
            value(set.value());
            out.octet(0x21).unsigned(set.local().index());
        } else if (statement instanceof Statement.Store store) {
            value(store.address());
            value(store.value());
            out.octet(store.access().store()).unsigned(store.access().align());
            out.unsigned(store.offset());
        } else if (statement instanceof Statement.Run run) {
            value(run.call());
            if (run.call().callee().result().isPresent()) {
                out.octet(0x1A);
            }
        } else if (statement instanceof Statement.Copy copy) {
            bulk(0x0A, copy.to(), copy.from(), copy.bytes());
            out.octet(0).octet(0);
        } else if (statement instanceof Statement.Fill fill) {
            bulk(0x0B, fill.to(), fill.octet(), fill.bytes());
            out.octet(0);
        } else {
            control(statement);
        }
    }

    private void control(Statement statement) {
        if (statement instanceof Statement.Block block) {
            enter(0x02, block.label());
            statements(withoutLastJump(block));
            leave();
        } else if (statement instanceof Statement.Loop loop) {
            enter(0x03, loop.label());
            statements(loop.body());
            leave();
        } else if (statement instanceof Statement.If branch) {
            value(branch.condition());
            enter(0x04, new Label());
            statements(branch.then());
            if (!branch.otherwise().isEmpty()) {
                out.octet(0x05);
                statements(branch.otherwise());
            }
            leave();
        } else if (statement instanceof Statement.Jump jump) {
            out.octet(0x0C).unsigned(depth(jump.target()));
        } else if (statement instanceof Statement.JumpIf jump) {
            value(jump.condition());
            out.octet(0x0D).unsigned(depth(jump.target()));
        } else if (statement instanceof Statement.Return ret) {
            ret.value().ifPresent(this::value);
            out.octet(0x0F);
        } else {
            out.octet(0x00);
        }
    }

    /** A jump to where control goes anyway is not worth an instruction. */
    private static List<Statement> withoutLastJump(Statement.Block block) {
        List<Statement> body = block.body();
        int last = body.size() - 1;
        boolean needless =
                last >= 0
                        && body.get(last) instanceof Statement.Jump jump
                        && jump.target() == block.label();
        return needless ? body.subList(0, last) : body;
    }

    private void bulk(int code, Value first, Value second, Value third) {
        value(first);
        value(second);
        value(third);
        out.octet(0xFC).unsigned(code);
    }

    private void enter(int code, Label label) {
        out.octet(code).octet(EMPTY_BLOCK);
        open.add(label);
    }

    private void leave() {
        open.remove(open.size() - 1);
        out.octet(0x0B);
    }

    private int depth(Label label) {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i) == label) {
                return open.size() - 1 - i;
            }
        }
        throw new IllegalStateException("jump to a label that is not open");
    }

    private void value(Value value) {
        if (value instanceof Value.Const constant) {
            constant(constant);
        } else if (value instanceof Value.Get get) {
            out.octet(0x20).unsigned(get.local().index());
        } else if (value instanceof Value.Apply apply) {
            apply.operands().forEach(this::value);
            out.octet(apply.op().code());
        } else if (value instanceof Value.Load load) {
            value(load.address());
            out.octet(load.access().load()).unsigned(load.access().align());
            out.unsigned(load.offset());
        } else if (value instanceof Value.Call call) {
            call.arguments().forEach(this::value);
            out.octet(0x10).unsigned(indices.applyAsInt(call.callee()));
        } else if (value instanceof Value.Select select) {
            value(select.then());
            value(select.otherwise());
            value(select.condition());
            out.octet(0x1B);
        } else if (value instanceof Value.Pages) {
            out.octet(0x3F).octet(0);
        } else if (value instanceof Value.Grow grow) {
            value(grow.pages());
            out.octet(0x40).octet(0);
        }
    }

    private void constant(Value.Const constant) {
        switch (constant.type()) {
            case I32 -> out.octet(0x41).signed((int) constant.bits());
            case I64 -> out.octet(0x42).signed(constant.bits());
            case F64 -> out.octet(0x44).fixed64(constant.bits());
        }
    }
}
