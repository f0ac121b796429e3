package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.api.pattern.Automaton;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

import java.util.List;

/** Runs automata over text: one step for each byte, and none when the answer is known. */
public final class PatternMatch extends Part {
    public PatternMatch(Library library) {
        super(library);
    }

    /** 1 when the text matches, else 0. */
    public Value matches(Automaton automaton, Value text, Value length) {
        int table = library.memory().constant(table(automaton));
        int classes = library.memory().constant(bytes(automaton.classes()));
        byte[] ends = new byte[automaton.states()];
        for (int state = 0; state < ends.length; state++) {
            ends[state] = (byte) (automaton.accepts()[state] ? 1 : 0);
        }
        return run().call(
                        text,
                        length,
                        i32(table),
                        i32(classes),
                        i32(automaton.classCount()),
                        i32(library.memory().constant(ends)),
                        i32(automaton.start()));
    }

    private static byte[] bytes(int[] numbers) {
        byte[] bytes = new byte[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            bytes[i] = (byte) numbers[i];
        }
        return bytes;
    }

    /** Two bytes for each state. */
    private static byte[] table(Automaton automaton) {
        byte[] bytes = new byte[2 * automaton.next().length];
        for (int i = 0; i < automaton.next().length; i++) {
            bytes[2 * i] = (byte) automaton.next()[i];
            bytes[2 * i + 1] = (byte) (automaton.next()[i] >> 8);
        }
        return bytes;
    }

    /** {@code (text, length, table, classes, class count, ends, start) -> 1 or 0}. */
    private WasmFunction run() {
        return function(
                "automaton_run",
                I32,
                List.of(I32, I32, I32, I32, I32, I32, I32),
                (self, code) -> {
                    Local at = code.var(self.argument(0));
                    Value end = code.let(at.get().plus(self.argument(1)));
                    Local state = code.var(self.argument(6));
                    code.block(known -> steps(self, code, at, end, state, known));
                    code.ret(self.argument(5).plus(state.get()).octet(0));
                });
    }

    private static void steps(
            WasmFunction self,
            Code code,
            Local at,
            Value end,
            Local state,
            galois.compiler.ir.Label known) {
        code.loopWhile(
                at.get().ltUnsigned(end),
                () -> {
                    code.jumpIf(state.get().leUnsigned(i32(Automaton.ALWAYS)), known);
                    Value kind = self.argument(3).plus(at.get().octet(0)).octet(0);
                    Value cell = state.get().times(self.argument(4)).plus(kind);
                    Value address = code.let(self.argument(2).plus(cell.shl(1)));
                    code.set(state, address.octet(0).or(address.octet(1).shl(8)));
                    add(code, at, 1);
                });
    }
}
