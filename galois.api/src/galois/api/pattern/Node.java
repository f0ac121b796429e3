package galois.api.pattern;

import java.util.List;

/** A regular expression as a tree. */
sealed interface Node {
    /** One code point of a set. */
    record One(CodePoints points) implements Node {}

    record Sequence(List<Node> parts) implements Node {}

    /** The first that fits is preferred. */
    record Choice(List<Node> options) implements Node {}

    /**
     * @param most -1: without end
     * @param lazy as few as possible are preferred
     */
    record Repeat(Node part, int least, int most, boolean lazy) implements Node {}

    /** A numbered group. */
    record Group(Node part, int number) implements Node {}

    /** The start of the text. */
    record Begin() implements Node {}

    /** The end of the text. */
    record End() implements Node {}

    /** One byte: without end it is any text, since no other node begins inside a character. */
    record AnyByte() implements Node {}

    static Node anything() {
        return new Repeat(new AnyByte(), 0, -1, false);
    }
}
