package galois.compiler.ir;

import java.util.List;

/**
 * An expression. Immutable and typed: an operand of the wrong type is refused where it is built. A
 * value is computed where a statement uses it, each time it is used; {@link Code#let} keeps one.
 */
public sealed interface Value {
    WasmType type();

    /** A constant; a double by its bits. */
    record Const(WasmType type, long bits) implements Value {}

    /** The present content of a local. */
    record Get(Local local) implements Value {
        @Override
        public WasmType type() {
            return local.type();
        }
    }

    /** A numeric instruction. */
    record Apply(Op op, List<Value> operands) implements Value {
        public Apply {
            operands = List.copyOf(operands);
            Types.check(op, op.operands(), operands);
        }

        @Override
        public WasmType type() {
            return op.result();
        }
    }

    /** What memory holds at {@code address + offset}. */
    record Load(Access access, Value address, int offset) implements Value {
        public Load {
            Types.check(access, WasmType.I32, address);
            Types.offset(offset);
        }

        @Override
        public WasmType type() {
            return access.type();
        }
    }

    /** The result of a function. */
    record Call(Callable callee, List<Value> arguments) implements Value {
        public Call {
            arguments = List.copyOf(arguments);
            Types.check(callee, callee.parameters(), arguments);
        }

        @Override
        public WasmType type() {
            return callee.result().orElseThrow();
        }
    }

    /** {@code then} when the condition is not 0; both are computed. */
    record Select(Value condition, Value then, Value otherwise) implements Value {
        public Select {
            Types.check("select", WasmType.I32, condition);
            Types.check("select", then.type(), otherwise);
        }

        @Override
        public WasmType type() {
            return then.type();
        }
    }

    /** The size of memory in pages of 64 KiB. */
    record Pages() implements Value {
        @Override
        public WasmType type() {
            return WasmType.I32;
        }
    }

    /** Grows memory; its pages before, or -1 when that was refused. */
    record Grow(Value pages) implements Value {
        public Grow {
            Types.check("memory.grow", WasmType.I32, pages);
        }

        @Override
        public WasmType type() {
            return WasmType.I32;
        }
    }

    static Value i32(int value) {
        return new Const(WasmType.I32, value);
    }

    static Value i64(long value) {
        return new Const(WasmType.I64, value);
    }

    static Value f64(double value) {
        return new Const(WasmType.F64, Double.doubleToLongBits(value));
    }

    static Value of(Op op, Value... operands) {
        return new Apply(op, List.of(operands));
    }

    default Value plus(Value other) {
        return of(Types.pick(type(), Op.I32_ADD, Op.I64_ADD, Op.F64_ADD), this, other);
    }

    default Value plus(int other) {
        return other == 0 ? this : plus(Types.constant(type(), other));
    }

    default Value minus(Value other) {
        return of(Types.pick(type(), Op.I32_SUB, Op.I64_SUB, Op.F64_SUB), this, other);
    }

    default Value minus(int other) {
        return minus(Types.constant(type(), other));
    }

    default Value times(Value other) {
        return of(Types.pick(type(), Op.I32_MUL, Op.I64_MUL, Op.F64_MUL), this, other);
    }

    default Value times(int other) {
        return times(Types.constant(type(), other));
    }

    /** Signed quotient toward zero; traps on 0 and on overflow. */
    default Value over(Value other) {
        return of(Types.pick(type(), Op.I32_DIV_S, Op.I64_DIV_S, Op.F64_DIV), this, other);
    }

    default Value overUnsigned(Value other) {
        return of(Types.pick(type(), Op.I32_DIV_U, Op.I64_DIV_U), this, other);
    }

    default Value rem(Value other) {
        return of(Types.pick(type(), Op.I32_REM_S, Op.I64_REM_S), this, other);
    }

    default Value remUnsigned(Value other) {
        return of(Types.pick(type(), Op.I32_REM_U, Op.I64_REM_U), this, other);
    }

    default Value and(Value other) {
        return of(Types.pick(type(), Op.I32_AND, Op.I64_AND), this, other);
    }

    default Value and(long other) {
        return and(Types.constant(type(), other));
    }

    default Value or(Value other) {
        return of(Types.pick(type(), Op.I32_OR, Op.I64_OR), this, other);
    }

    default Value xor(Value other) {
        return of(Types.pick(type(), Op.I32_XOR, Op.I64_XOR), this, other);
    }

    default Value shl(Value bits) {
        return of(Types.pick(type(), Op.I32_SHL, Op.I64_SHL), this, bits);
    }

    default Value shl(int bits) {
        return bits == 0 ? this : shl(Types.constant(type(), bits));
    }

    default Value shr(int bits) {
        return of(
                Types.pick(type(), Op.I32_SHR_S, Op.I64_SHR_S), this, Types.constant(type(), bits));
    }

    default Value ushr(Value bits) {
        return of(Types.pick(type(), Op.I32_SHR_U, Op.I64_SHR_U), this, bits);
    }

    default Value ushr(int bits) {
        return bits == 0 ? this : ushr(Types.constant(type(), bits));
    }

    default Value eq(Value other) {
        return of(Types.pick(type(), Op.I32_EQ, Op.I64_EQ, Op.F64_EQ), this, other);
    }

    default Value eq(long other) {
        return eq(Types.constant(type(), other));
    }

    default Value ne(Value other) {
        return of(Types.pick(type(), Op.I32_NE, Op.I64_NE, Op.F64_NE), this, other);
    }

    default Value ne(long other) {
        return ne(Types.constant(type(), other));
    }

    default Value lt(Value other) {
        return of(Types.pick(type(), Op.I32_LT_S, Op.I64_LT_S, Op.F64_LT), this, other);
    }

    default Value lt(long other) {
        return lt(Types.constant(type(), other));
    }

    default Value le(Value other) {
        return of(Types.pick(type(), Op.I32_LE_S, Op.I64_LE_S, Op.F64_LE), this, other);
    }

    default Value le(long other) {
        return le(Types.constant(type(), other));
    }

    default Value gt(Value other) {
        return of(Types.pick(type(), Op.I32_GT_S, Op.I64_GT_S, Op.F64_GT), this, other);
    }

    default Value gt(long other) {
        return gt(Types.constant(type(), other));
    }

    default Value ge(Value other) {
        return of(Types.pick(type(), Op.I32_GE_S, Op.I64_GE_S, Op.F64_GE), this, other);
    }

    default Value ge(long other) {
        return ge(Types.constant(type(), other));
    }

    default Value ltUnsigned(Value other) {
        return of(Types.pick(type(), Op.I32_LT_U, Op.I64_LT_U), this, other);
    }

    default Value leUnsigned(Value other) {
        return of(Types.pick(type(), Op.I32_LE_U, Op.I64_LE_U), this, other);
    }

    default Value gtUnsigned(Value other) {
        return of(Types.pick(type(), Op.I32_GT_U, Op.I64_GT_U), this, other);
    }

    /** Of i32 the other comparison: runtimes on the JVM have a detour for {@code i32.ge_u}. */
    default Value geUnsigned(Value other) {
        return type() == WasmType.I32
                ? other.leUnsigned(this)
                : of(Types.pick(type(), Op.I32_GE_U, Op.I64_GE_U), this, other);
    }

    /**
     * 1 when this is 0, else 0. The negation of a comparison of integers is the other comparison.
     */
    default Value not() {
        return Negation.of(this);
    }

    default Value word(int offset) {
        return new Load(Access.WORD, this, offset);
    }

    default Value wide(int offset) {
        return new Load(Access.LONG, this, offset);
    }

    default Value real(int offset) {
        return new Load(Access.DOUBLE, this, offset);
    }

    default Value octet(int offset) {
        return new Load(Access.BYTE, this, offset);
    }

    default Value wrap() {
        return of(Op.I32_WRAP_I64, this);
    }

    default Value extend() {
        return of(Op.I64_EXTEND_I32_U, this);
    }

    default Value extendSigned() {
        return of(Op.I64_EXTEND_I32_S, this);
    }

    default Value toDouble() {
        return of(Op.F64_CONVERT_I64_S, this);
    }

    /** The nearest number of single precision. */
    default Value toSingle() {
        return of(Op.F64_PROMOTE_F32, of(Op.F32_DEMOTE_F64, this));
    }

    default Value asBits() {
        return of(Op.I64_REINTERPRET_F64, this);
    }

    default Value asReal() {
        return of(Op.F64_REINTERPRET_I64, this);
    }
}
