package galois.sql;

import galois.api.ErrorCode;
import galois.api.query.QueryTemplate;
import galois.api.query.QueryTemplate.Parameter;
import galois.batch.FieldType;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Values of a template's parameters as SQL text of the declared type, so that the plan has the same
 * shape whatever the values: its literals are lifted out, its code is the same.
 */
final class Parameters {
    /** A query without parameters. */
    static final Parameters NONE = new Parameters(Map.of(), null);

    private final Map<String, String> texts;
    private final QueryTemplate template;

    private Parameters(Map<String, String> texts, QueryTemplate template) {
        this.texts = texts;
        this.template = template;
    }

    /** Stand-ins, to check the body of a template. */
    static Parameters examples(QueryTemplate template) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Parameter parameter : template.parameters()) {
            texts.put(key(parameter.name()), example(parameter));
        }
        return new Parameters(texts, template);
    }

    private static String example(Parameter parameter) {
        if (parameter.fallback() != null) {
            return parameter.fallback();
        }
        FieldType type = parameter.type();
        if (type.isNumeric()) {
            return number(type, "1");
        }
        return switch (type.kind()) {
            case BOOLEAN -> "TRUE";
            case VARCHAR -> "'x'";
            case TIMESTAMP -> "TIMESTAMP '2000-01-01 00:00:00'";
            case DATE -> "DATE '2000-01-01'";
            default -> "CAST(NULL AS " + type + ")";
        };
    }

    /** Reads {@code (name => value, ...)} or {@code (value, ...)}, or nothing. */
    static Parameters parse(TokenReader in, QueryTemplate template) {
        Map<String, String> texts = new LinkedHashMap<>();
        Token start = in.peek();
        if (in.takeSymbol("(") && !in.takeSymbol(")")) {
            do {
                Parameter parameter = parameter(in, template, texts.size());
                Token at = in.peek();
                if (texts.put(key(parameter.name()), value(in, parameter)) != null) {
                    throw in.error(
                            ErrorCode.SYNTAX,
                            at,
                            "the parameter \"" + parameter.name() + "\" is there twice");
                }
            } while (in.takeSymbol(","));
            if (!in.takeSymbol(")")) {
                throw in.expected("',' or ')' after a value");
            }
        }
        for (Parameter parameter : template.parameters()) {
            if (parameter.fallback() != null) {
                texts.putIfAbsent(key(parameter.name()), parameter.fallback());
            } else if (!texts.containsKey(key(parameter.name()))) {
                throw in.error(
                        ErrorCode.TYPE_MISMATCH,
                        start,
                        "the parameter \""
                                + parameter.name()
                                + "\" of template \""
                                + template.name()
                                + "\" is missing: write "
                                + parameter.name()
                                + " => a value of type "
                                + parameter.type());
            }
        }
        return new Parameters(texts, template);
    }

    private static Parameter parameter(TokenReader in, QueryTemplate template, int index) {
        List<Parameter> all = template.parameters();
        if (!in.peek().isName() || !in.peekSecond().isSymbol("=>")) {
            if (index < all.size()) {
                return all.get(index);
            }
            throw in.error(
                    ErrorCode.TYPE_MISMATCH,
                    in.peek(),
                    "template \"" + template.name() + "\" has " + all.size() + " parameters");
        }
        Token name = in.take();
        in.take();
        return all.stream()
                .filter(p -> p.name().equalsIgnoreCase(name.value()))
                .findFirst()
                .orElseThrow(
                        () ->
                                in.error(
                                        ErrorCode.UNKNOWN_COLUMN,
                                        name,
                                        unknown(template, name.value())));
    }

    private static String unknown(QueryTemplate template, String name) {
        List<String> names = template.parameters().stream().map(Parameter::name).toList();
        return "unknown parameter \""
                + name
                + "\" of template \""
                + template.name()
                + '"'
                + Messages.known("parameters", name, names);
    }

    /** Reads a value of the parameter's type; returns its SQL text. */
    static String value(TokenReader in, Parameter parameter) {
        FieldType type = parameter.type();
        Token at = in.peek();
        if (in.takeWord("NULL")) {
            return "CAST(NULL AS " + type + ")";
        }
        String sign = in.takeSymbol("-") ? "-" : "";
        Token value = in.take();
        if (value.kind() == Token.Kind.NUMBER
                && type.isNumeric()
                && isIn(type, sign + value.text())) {
            return number(type, sign + value.text());
        }
        String keyword = type.kind().name();
        boolean isTime =
                keyword.equals("TIMESTAMP") || keyword.equals("DATE") || keyword.equals("TIME");
        if (sign.isEmpty() && isTime && value.isWord(keyword)) {
            value = in.take();
        }
        if (sign.isEmpty() && value.kind() == Token.Kind.STRING) {
            if (type == FieldType.VARCHAR) {
                return value.text();
            }
            if (isTime) {
                return keyword + " " + value.text();
            }
        }
        boolean isTruth = value.isWord("TRUE") || value.isWord("FALSE");
        if (sign.isEmpty() && isTruth && type == FieldType.BOOLEAN) {
            return value.upper();
        }
        throw in.error(
                ErrorCode.TYPE_MISMATCH,
                at,
                "the parameter \""
                        + parameter.name()
                        + "\" needs a value of type "
                        + type
                        + ", found "
                        + at.described());
    }

    private static boolean isIn(FieldType type, String number) {
        BigDecimal value = new BigDecimal(number);
        int bits =
                switch (type.kind()) {
                    case TINYINT -> 8;
                    case SMALLINT -> 16;
                    case INTEGER -> 32;
                    case BIGINT -> 64;
                    default -> 0;
                };
        if (bits == 0) {
            return true;
        }
        boolean isWhole = value.stripTrailingZeros().scale() <= 0;
        return isWhole && value.precision() < 40 && value.toBigInteger().bitLength() < bits;
    }

    private static String number(FieldType type, String number) {
        String plain = new BigDecimal(number).toPlainString();
        return switch (type.kind()) {
            case INTEGER -> plain;
            case DOUBLE, REAL -> "CAST(" + number + " AS " + type + ")";
            default -> "CAST(" + plain + " AS " + type + ")";
        };
    }

    /**
     * The text for a parameter.
     *
     * @param name behind the colon
     * @param at the colon
     */
    String text(TokenReader in, Token at, String name) {
        String text = texts.get(key(name));
        if (text != null) {
            return text;
        }
        throw template == null
                ? in.error(
                        ErrorCode.SYNTAX,
                        at,
                        "the parameter :" + name + " can stand in CREATE TEMPLATE only")
                : in.error(ErrorCode.UNKNOWN_COLUMN, at, unknown(template, name));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
