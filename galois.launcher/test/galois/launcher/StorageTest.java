package galois.launcher;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

class StorageTest {
    @Test
    void deletesTheTemporaryFolderWithItsContent() throws IOException {
        Storage storage = Storage.at(Optional.empty());
        Files.createDirectories(storage.folder().resolve("bundle1/version0"));
        Files.writeString(storage.folder().resolve("bundle1/version0/bundle.info"), "x");
        storage.delete();
        assertFalse(Files.exists(storage.folder()));
    }

    @Test
    void keepsTheFolderOfTheUser(@TempDir Path dataDir) throws IOException {
        Storage storage = Storage.at(Optional.of(dataDir.resolve("new")));
        storage.delete();
        assertTrue(Files.isDirectory(storage.folder()));
    }
}
