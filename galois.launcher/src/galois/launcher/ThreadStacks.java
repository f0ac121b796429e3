package galois.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;

/** What every thread is doing, for whoever looks into a process that hangs. */
final class ThreadStacks {
    private ThreadStacks() {}

    /**
     * Writes {@code galois-stacks-PID.txt} into the folder: threads with their locks, all frames.
     */
    static Path write(Path folder) throws IOException {
        StringJoiner text = new StringJoiner(System.lineSeparator());
        for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
            text.add(thread.toString().stripTrailing());
            StackTraceElement[] frames = thread.getStackTrace();
            // toString ends after eight frames
            for (int i = 8; i < frames.length; i++) {
                text.add("\tat " + frames[i]);
            }
            text.add("");
        }
        Path file = folder.resolve("galois-stacks-" + ProcessHandle.current().pid() + ".txt");
        return Files.writeString(file, text + System.lineSeparator());
    }
}
