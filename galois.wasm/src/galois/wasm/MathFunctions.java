package galois.wasm;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;

import java.util.List;

/**
 * The import module {@code galois_math}: pure functions of doubles. StrictMath, so that every node
 * computes the same bits; a NaN result is the canonical one. Public because generated classes call
 * it.
 */
public final class MathFunctions {
    static final String MODULE = "galois_math";

    private static final List<String> UNARY =
            List.of(
                    "exp", "expm1", "ln", "log10", "log1p", "sin", "cos", "tan", "asin", "acos",
                    "atan", "sinh", "cosh", "tanh", "cbrt");
    private static final List<String> BINARY = List.of("pow", "atan2", "hypot");

    private MathFunctions() {}

    /** The signature of a function, or null when there is none of that name. */
    static FunctionType type(String name) {
        if (UNARY.contains(name)) {
            return FunctionType.of(List.of(ValType.F64), List.of(ValType.F64));
        }
        return BINARY.contains(name)
                ? FunctionType.of(List.of(ValType.F64, ValType.F64), List.of(ValType.F64))
                : null;
    }

    /** The function called with raw bits, for the portable calling path. */
    static long apply(String name, long[] arguments) {
        double x = Double.longBitsToDouble(arguments[0]);
        double result;
        if (BINARY.contains(name)) {
            result = binary(name, x, Double.longBitsToDouble(arguments[1]));
        } else {
            result = unary(name, x);
        }
        return Double.doubleToRawLongBits(result);
    }

    private static double binary(String name, double x, double y) {
        return switch (name) {
            case "pow" -> pow(x, y);
            case "atan2" -> atan2(x, y);
            case "hypot" -> hypot(x, y);
            default -> throw new AssertionError(name);
        };
    }

    private static double unary(String name, double x) {
        return switch (name) {
            case "exp" -> exp(x);
            case "expm1" -> expm1(x);
            case "ln" -> ln(x);
            case "log10" -> log10(x);
            case "log1p" -> log1p(x);
            case "sin" -> sin(x);
            case "cos" -> cos(x);
            case "tan" -> tan(x);
            case "asin" -> asin(x);
            case "acos" -> acos(x);
            case "atan" -> atan(x);
            case "sinh" -> sinh(x);
            case "cosh" -> cosh(x);
            case "tanh" -> tanh(x);
            case "cbrt" -> cbrt(x);
            default -> throw new AssertionError(name);
        };
    }

    public static double exp(double x) {
        return canonical(StrictMath.exp(x));
    }

    public static double expm1(double x) {
        return canonical(StrictMath.expm1(x));
    }

    /** Natural logarithm. */
    public static double ln(double x) {
        return canonical(StrictMath.log(x));
    }

    public static double log10(double x) {
        return canonical(StrictMath.log10(x));
    }

    public static double log1p(double x) {
        return canonical(StrictMath.log1p(x));
    }

    public static double sin(double x) {
        return canonical(StrictMath.sin(x));
    }

    public static double cos(double x) {
        return canonical(StrictMath.cos(x));
    }

    public static double tan(double x) {
        return canonical(StrictMath.tan(x));
    }

    public static double asin(double x) {
        return canonical(StrictMath.asin(x));
    }

    public static double acos(double x) {
        return canonical(StrictMath.acos(x));
    }

    public static double atan(double x) {
        return canonical(StrictMath.atan(x));
    }

    public static double sinh(double x) {
        return canonical(StrictMath.sinh(x));
    }

    public static double cosh(double x) {
        return canonical(StrictMath.cosh(x));
    }

    public static double tanh(double x) {
        return canonical(StrictMath.tanh(x));
    }

    public static double cbrt(double x) {
        return canonical(StrictMath.cbrt(x));
    }

    public static double pow(double x, double y) {
        return canonical(StrictMath.pow(x, y));
    }

    public static double atan2(double y, double x) {
        return canonical(StrictMath.atan2(y, x));
    }

    public static double hypot(double x, double y) {
        return canonical(StrictMath.hypot(x, y));
    }

    private static double canonical(double x) {
        return Double.isNaN(x) ? Double.NaN : x;
    }
}
