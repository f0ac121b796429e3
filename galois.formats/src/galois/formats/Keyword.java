package galois.formats;

/** Compares bytes with a word of ASCII letters, ignoring case. */
final class Keyword {
    private Keyword() {}

    /**
     * @param word in lower case
     */
    static boolean matches(String word, byte[] b, int from, int to) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            int c = b[from + i];
            if (c != word.charAt(i) && (c < 'A' || c > 'Z' || c + 32 != word.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
