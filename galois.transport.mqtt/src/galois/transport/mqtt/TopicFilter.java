package galois.transport.mqtt;

import java.nio.charset.StandardCharsets;

/**
 * A topic filter of MQTT 3.1.1 (section 4.7): {@code +} stands for one level, {@code #} at the end
 * for any number of levels; {@code $share/group/filter} shares a subscription between clients.
 */
final class TopicFilter {
    /** UTF-8 bytes of a topic or filter. */
    static final int BYTES_MAX = 512;

    private static final String SHARE = "$share/";

    private final String text;
    private final String filter;

    private TopicFilter(String text, String filter) {
        this.text = text;
        this.filter = filter;
    }

    /**
     * @throws IllegalArgumentException that says what is wrong
     */
    static TopicFilter parse(String text) {
        String filter = text;
        if (text.startsWith(SHARE)) {
            int end = text.indexOf('/', SHARE.length());
            if (end <= SHARE.length()) {
                throw new IllegalArgumentException("a shared topic is '$share/group/filter'");
            }
            filter = text.substring(end + 1);
        }
        checkText(text);
        for (int i = 0; i < filter.length(); i++) {
            char c = filter.charAt(i);
            boolean alone =
                    (i == 0 || filter.charAt(i - 1) == '/')
                            && (i + 1 == filter.length() || filter.charAt(i + 1) == '/');
            if ((c == '+' || c == '#') && !alone || c == '#' && i + 1 < filter.length()) {
                throw new IllegalArgumentException(
                        "'+' must be a whole level, '#' the whole last level");
            }
        }
        return new TopicFilter(text, filter);
    }

    /** Checks the name of a topic to publish to. */
    static String name(String text) {
        checkText(text);
        if (text.indexOf('+') >= 0 || text.indexOf('#') >= 0) {
            throw new IllegalArgumentException("'+' and '#' are for reading only");
        }
        return text;
    }

    private static void checkText(String text) {
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a topic is not empty and has no U+0000");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            throw new IllegalArgumentException("a topic has at most " + BYTES_MAX + " bytes");
        }
    }

    /** What is sent to the broker. */
    String text() {
        return text;
    }

    boolean matches(String topic) {
        int f = 0;
        int t = 0;
        if (topic.startsWith("$") && !filter.startsWith("$")) {
            return false;
        }
        while (f < filter.length()) {
            char c = filter.charAt(f);
            if (c == '#') {
                return true;
            }
            if (c == '+') {
                while (t < topic.length() && topic.charAt(t) != '/') {
                    t++;
                }
                f++;
            } else if (t < topic.length() && topic.charAt(t) == c) {
                t++;
                f++;
            } else {
                // "a/#" also stands for "a" itself
                return t == topic.length() && filter.substring(f).equals("/#");
            }
        }
        return t == topic.length();
    }
}
