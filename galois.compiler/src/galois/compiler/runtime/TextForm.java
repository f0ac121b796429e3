package galois.compiler.runtime;

import static galois.compiler.ir.WasmType.I32;

import galois.batch.FieldType;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

/** Values as text and text as values, for CAST: the same forms as in CSV. */
public final class TextForm {
    /** Longest text of a number or a time stamp, rounded up. */
    public static final int BYTES_MAX = 40;

    private TextForm() {}

    /** {@code (buffer, value) -> length}. */
    public static WasmFunction format(Library library, FieldType from) {
        return switch (from.kind()) {
            case INTEGER, BIGINT -> library.part(IntegerText.class, IntegerText::new).format();
            case DOUBLE -> library.part(DoubleFormat.class, DoubleFormat::new).format();
            case TIMESTAMP -> library.part(TimestampText.class, TimestampText::new).format();
            default -> throw new IllegalArgumentException("text of " + from);
        };
    }

    /**
     * {@code (address, length, cell) -> 1, the value is in the cell, or 0}; blanks around are
     * ignored.
     */
    public static WasmFunction parse(Library library, FieldType to) {
        String name = "cast_to_" + to;
        return library.function(
                name,
                () -> WasmFunction.returning(I32, name, I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Local from = code.var(self.argument(0));
                                    Local end = code.var(from.get().plus(self.argument(1)));
                                    Value some = from.get().ltUnsigned(end.get());
                                    skip(code, some, from.get().octet(0), from, 1);
                                    skip(code, some, end.get().minus(1).octet(0), end, -1);
                                    Value[] arguments = {
                                        from.get(), end.get().minus(from.get()), self.argument(2)
                                    };
                                    if (to == FieldType.INTEGER) {
                                        Value read = inner(library, to).call(arguments);
                                        code.when(read.eq(0), () -> code.ret(0));
                                        Value value = self.argument(2).wide(0);
                                        Value narrow = Value.of(Op.I64_EXTEND32_S, value);
                                        code.ret(value.eq(narrow));
                                    } else {
                                        code.ret(inner(library, to).call(arguments));
                                    }
                                }));
    }

    /** Moves on while there is text and the next byte is blank; reads no byte outside the text. */
    private static void skip(Code code, Value some, Value octet, Local at, int step) {
        code.block(
                done ->
                        code.loopWhile(
                                some,
                                () -> {
                                    code.jumpIf(isBlank(octet).eq(0), done);
                                    code.set(at, at.get().plus(step));
                                }));
    }

    private static Value isBlank(Value octet) {
        Value control = octet.eq('\t').or(octet.eq('\n')).or(octet.eq('\r'));
        return octet.eq(' ').or(control);
    }

    private static WasmFunction inner(Library library, FieldType to) {
        return switch (to.kind()) {
            case BOOLEAN -> library.part(IntegerText.class, IntegerText::new).parseTruth();
            case INTEGER, BIGINT -> library.part(IntegerText.class, IntegerText::new).parse();
            case DOUBLE -> library.part(DoubleParse.class, DoubleParse::new).parse();
            case TIMESTAMP -> library.part(TimestampText.class, TimestampText::new).parse();
            default -> throw new IllegalArgumentException("text is no text form of text");
        };
    }
}
