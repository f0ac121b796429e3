package galois.shell;

import galois.api.ErrorCode;
import galois.api.GaloisException;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Variables of a script: <code>${NAME}</code> and <code>${NAME:-default}</code>, so that a script
 * carries neither passwords nor addresses of one machine. Replaced as text before anything is
 * parsed.
 */
public final class Variables {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?}");

    private Variables() {}

    /**
     * @param value of a variable by name; null when it is not set
     * @throws GaloisException CONFIGURATION for a variable without value and default
     */
    public static String replace(String script, UnaryOperator<String> value) {
        Matcher matcher = VARIABLE.matcher(script);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String found = value.apply(matcher.group(1));
            String text = found != null ? found : matcher.group(3);
            if (text == null) {
                throw new GaloisException(
                        ErrorCode.CONFIGURATION,
                        "the variable "
                                + matcher.group(1)
                                + " is not set: set it in the environment");
            }
            matcher.appendReplacement(result, Matcher.quoteReplacement(text));
        }
        return matcher.appendTail(result).toString();
    }
}
