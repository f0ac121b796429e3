package galois.tool;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/**
 * Reads the XML reports that the OSGi tester leaves behind, prints the failed and the skipped tests
 * and writes the sum. Usage: {@code TestReport RESULT-FILE REPORT-FOLDER}.
 */
public final class TestReport {
    private int passed;
    private int failed;
    private int skipped;

    private TestReport() {}

    public static void main(String[] args)
            throws IOException, SAXException, ParserConfigurationException {
        TestReport report = new TestReport();
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        for (Path file : reports(Path.of(args[1]))) {
            NodeList cases = parser.parse(file.toFile()).getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                report.add((Element) cases.item(i));
            }
        }
        if (report.passed + report.failed + report.skipped > 0) {
            Files.writeString(
                    Path.of(args[0]),
                    report.passed + " " + report.failed + " " + report.skipped + "\n");
        }
    }

    private static List<Path> reports(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".xml")).sorted().toList();
        }
    }

    private void add(Element test) {
        String name = test.getAttribute("classname") + "." + test.getAttribute("name");
        Element problem = child(test, "failure");
        problem = problem == null ? child(test, "error") : problem;
        Element skip = child(test, "skipped");
        if (problem != null) {
            failed++;
            System.out.println("  FAILED " + name);
            problem.getTextContent()
                    .lines()
                    .filter(TestReport::isTelling)
                    .limit(12)
                    .forEach(line -> System.out.println("    " + line.strip()));
        } else if (skip != null) {
            skipped++;
            String reason =
                    skip.getTextContent().strip().lines().findFirst().orElse("no reason given");
            System.out.println("  skipped " + name + ": " + reason);
        } else {
            passed++;
        }
    }

    private static boolean isTelling(String line) {
        String text = line.strip();
        return !text.startsWith("at ") || text.startsWith("at galois.");
    }

    private static Element child(Element element, String tag) {
        NodeList found = element.getElementsByTagName(tag);
        return found.getLength() == 0 ? null : (Element) found.item(0);
    }
}
