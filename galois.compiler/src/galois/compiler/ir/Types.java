package galois.compiler.ir;

import java.util.List;

/** Checks of the IR's typing, and the choice of the instruction for a type. */
final class Types {
    private Types() {}

    static void check(Object what, WasmType expected, Value actual) {
        if (actual.type() != expected) {
            throw new IllegalArgumentException(
                    what + " needs " + expected + " and got " + actual.type());
        }
    }

    static void check(Object what, List<WasmType> expected, List<Value> actual) {
        if (expected.size() != actual.size()) {
            throw new IllegalArgumentException(
                    what + " takes " + expected.size() + " operands, not " + actual.size());
        }
        for (int i = 0; i < expected.size(); i++) {
            check(what, expected.get(i), actual.get(i));
        }
    }

    static void offset(int offset) {
        if (offset < 0) {
            throw new IllegalArgumentException("negative offset " + offset);
        }
    }

    static Op pick(WasmType type, Op i32, Op i64) {
        return pick(type, i32, i64, null);
    }

    static Op pick(WasmType type, Op i32, Op i64, Op f64) {
        Op op =
                switch (type) {
                    case I32 -> i32;
                    case I64 -> i64;
                    case F64 -> f64;
                    case F32 -> null;
                };
        if (op == null) {
            throw new IllegalArgumentException("no such operation on " + type);
        }
        return op;
    }

    static Value constant(WasmType type, long value) {
        return type == WasmType.F64 ? Value.f64(value) : new Value.Const(type, value);
    }
}
