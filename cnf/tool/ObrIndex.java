package galois.tool;

import aQute.bnd.build.Project;
import aQute.bnd.osgi.repository.SimpleIndexer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Copies our bundles to a folder with an index that Felix OBR ({@code obr:repos add}) can read. */
final class ObrIndex {
    private ObrIndex() {}

    static void write(List<Project> projects, Path folder) throws Exception {
        Files.createDirectories(folder);
        List<File> jars = new ArrayList<>();
        for (Project project : projects) {
            File[] built = project.isNoBundles() ? new File[0] : project.getBuildFiles(false);
            for (File jar : built == null ? new File[0] : built) {
                jars.add(copy(jar, folder));
            }
        }
        new SimpleIndexer()
                .files(jars)
                .base(folder.toUri())
                .name("GALOIS")
                .index(folder.resolve("index.xml").toFile());
    }

    private static File copy(File jar, Path folder) throws IOException {
        Path target = folder.resolve(jar.getName());
        return Files.copy(jar.toPath(), target, StandardCopyOption.REPLACE_EXISTING).toFile();
    }
}
