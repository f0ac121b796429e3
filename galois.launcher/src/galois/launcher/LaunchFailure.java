package galois.launcher;

/** The runtime cannot be started; the message is the one line for the user. */
final class LaunchFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    LaunchFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** 2 for a mistake of the user, 1 for everything else. */
    int exitCode() {
        return exitCode;
    }
}
