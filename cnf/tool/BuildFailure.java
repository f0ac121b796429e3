package galois.tool;

/** The build cannot go on; the message is the one line that the user reads last. */
final class BuildFailure extends Exception {
    private static final long serialVersionUID = 1L;

    BuildFailure(String message) {
        super(message);
    }
}
