package galois.shell;

import galois.api.ErrorCode;
import galois.api.GaloisException;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A script to run.
 *
 * @param name for error messages; empty for {@code -e}
 * @param directory relative paths of files are also looked for there; null for {@code -e}
 */
record Script(String name, String text, Path directory) {
    /** Larger scripts are refused. */
    static final long BYTES_MAX = 1 << 20;

    static Script of(String text) {
        return new Script("", text, null);
    }

    /**
     * @throws GaloisException USAGE when it cannot be read
     */
    static Script read(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new GaloisException(
                        ErrorCode.USAGE, file + " is larger than 1 MB: split the script");
            }
            String text = Files.readString(file);
            Path directory = file.toAbsolutePath().normalize().getParent();
            return new Script(file.toString(), text, directory);
        } catch (CharacterCodingException e) {
            throw new GaloisException(
                    ErrorCode.USAGE, file + " is not UTF-8 text: save it as UTF-8", e);
        } catch (IOException e) {
            throw new GaloisException(
                    ErrorCode.USAGE, file + " cannot be read: check its permissions", e);
        }
    }

    /** {@code GLS-2001 demo.sql line 3, column 8: what is wrong}. */
    String error(GaloisException e) {
        StringBuilder line = new StringBuilder(e.code().text()).append(' ');
        boolean placed = e.position().isKnown();
        if (!name.isEmpty()) {
            line.append(name).append(placed ? " " : ": ");
        }
        if (placed) {
            line.append(e.position()).append(": ");
        }
        return line.append(e.getMessage()).toString();
    }
}
