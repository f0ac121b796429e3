package galois.sql;

/** Refuses deep nesting before a recursive parser sees it. */
final class NestingCheck {
    private NestingCheck() {}

    static void check(TokenReader in) {
        int depth = 0;
        for (Token token : in.rest()) {
            if (token.isSymbol("(") || token.isSymbol("[") || token.isWord("CASE")) {
                depth++;
            } else if (token.isSymbol(")") || token.isSymbol("]") || token.isWord("END")) {
                depth--;
            }
            if (depth > Limits.DEPTH_MAX) {
                throw Limits.tooDeep(in.inScript(token.position()));
            }
        }
    }
}
