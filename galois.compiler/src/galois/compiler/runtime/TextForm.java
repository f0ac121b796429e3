package galois.compiler.runtime;

import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.api.ErrorCode;
import galois.api.GaloisException;
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
            case TINYINT, SMALLINT, INTEGER, BIGINT ->
                    library.part(IntegerText.class, IntegerText::new).format();
            case DECIMAL -> formatDecimal(library, from.scale());
            case REAL -> library.part(DoubleFormat.class, DoubleFormat::new).formatReal();
            case DOUBLE -> library.part(DoubleFormat.class, DoubleFormat::new).format();
            case DATE -> library.part(TimestampText.class, TimestampText::new).formatDate();
            case TIME -> library.part(TimestampText.class, TimestampText::new).formatTime();
            case TIMESTAMP -> library.part(TimestampText.class, TimestampText::new).format();
            default ->
                    throw new GaloisException(
                            ErrorCode.UNSUPPORTED,
                            "CAST of " + from + " to VARCHAR is not supported");
        };
    }

    private static WasmFunction formatDecimal(Library library, int scale) {
        String name = "format_decimal_" + scale;
        WasmFunction format = library.part(DecimalText.class, DecimalText::new).format();
        return library.function(
                name,
                () -> WasmFunction.returning(I32, name, I32, I64),
                self ->
                        self.define(
                                code ->
                                        code.ret(
                                                format.call(
                                                        self.argument(0),
                                                        self.argument(1),
                                                        Value.i32(scale)))));
    }

    /**
     * {@code (address, length, cell) -> 1, the value is in the cell, or 0}; blanks around are
     * ignored.
     */
    public static WasmFunction parse(Library library, FieldType to) {
        String name =
                "cast_to_" + to.kind() + (to.isDecimal() ? to.precision() + "_" + to.scale() : "");
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
                                    inner(library, to, code, self.argument(2), arguments);
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

    /** Reads what is between the blanks, and returns. */
    private static void inner(
            Library library, FieldType to, Code code, Value cell, Value[] arguments) {
        switch (to.kind()) {
            case TINYINT -> narrow(library, code, cell, arguments, Op.I64_EXTEND8_S);
            case SMALLINT -> narrow(library, code, cell, arguments, Op.I64_EXTEND16_S);
            case INTEGER -> narrow(library, code, cell, arguments, Op.I64_EXTEND32_S);
            case DECIMAL -> {
                Value most = Value.i64(DecimalMath.power(to.precision()) - 1);
                WasmFunction parse = library.part(DecimalText.class, DecimalText::new).parse();
                code.ret(parse.call(arguments[0], arguments[1], cell, Value.i32(to.scale()), most));
            }
            case REAL -> {
                code.when(parser(library, to).call(arguments).eq(0), () -> code.ret(0));
                code.storeReal(cell, 0, cell.real(0).toSingle());
                code.ret(1);
            }
            case DATE -> {
                code.when(parser(library, to).call(arguments).eq(0), () -> code.ret(0));
                Calendar calendar = library.part(Calendar.class, Calendar::new);
                code.storeWide(cell, 0, calendar.day(cell.wide(0)));
                code.ret(1);
            }
            default -> code.ret(parser(library, to).call(arguments));
        }
    }

    private static void narrow(
            Library library, Code code, Value cell, Value[] arguments, Op extension) {
        code.when(parser(library, FieldType.BIGINT).call(arguments).eq(0), () -> code.ret(0));
        Value value = cell.wide(0);
        code.ret(value.eq(Value.of(extension, value)));
    }

    private static WasmFunction parser(Library library, FieldType to) {
        return switch (to.kind()) {
            case BOOLEAN -> library.part(IntegerText.class, IntegerText::new).parseTruth();
            case BIGINT -> library.part(IntegerText.class, IntegerText::new).parse();
            case REAL, DOUBLE -> library.part(DoubleParse.class, DoubleParse::new).parse();
            case TIME -> library.part(TimestampText.class, TimestampText::new).parseTime();
            case DATE, TIMESTAMP -> library.part(TimestampText.class, TimestampText::new).parse();
            default ->
                    throw new GaloisException(
                            ErrorCode.UNSUPPORTED,
                            "CAST of VARCHAR to " + to + " is not supported");
        };
    }
}
