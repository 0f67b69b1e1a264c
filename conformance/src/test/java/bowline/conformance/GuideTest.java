package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import bowline.junit.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every file of Java in the guide, and in the page about looking into programs, compiles without a warning, runs, and
/// does what its chapter says.
class GuideTest {
    /// What a shell says of a program that a Ctrl-C has ended.
    private static final int INTERRUPTED = 130;

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicContainer> chapters() throws Exception {
        Checkout.requireBuilt();
        return pages().stream().map(page -> DynamicContainer.dynamicContainer(name(page), tests(page)));
    }

    @Test
    void aProgramThatPrintsSomethingElseFails() throws Exception {
        var failed = assertThrows(AssertionError.class, () -> check(only("""
                ```java Ahoy.java
                void main() {
                    IO.println("ahoy");
                }
                ```
                ```text
                ahoy there
                ```
                """)));
        assertThat(failed).hasMessageContaining("01-test.md:1 Ahoy.java printed\nahoy\nand not\nahoy there");
    }

    @Test
    void aProgramOfWhichNothingIsSaidFails() throws Exception {
        GuideFile file = only("```java Ahoy.java\nvoid main() {}\n```\n");
        assertThat(assertThrows(AssertionError.class, () -> check(file))).hasMessageContaining("must follow it");
    }

    @Test
    void aClassThatNothingRunsFails() throws Exception {
        GuideFile file = only("```java Rope.java\nclass Rope {}\n```\n");
        assertThat(assertThrows(AssertionError.class, () -> check(file)))
                .hasMessageContaining("nothing in the chapter");
    }

    @Test
    void aWarningOfTheCompilerIsSeen() throws Exception {
        GuideFile file = only("```java Rope.java\nclass Rope {\n    java.util.List ends;\n}\n```\n");
        assertThat(file.chapter().diagnostics()).contains("[rawtypes]");
    }

    @Test
    void javaWithoutTheNameOfItsFileIsRefused() {
        assertThrows(AssertionError.class, () -> only("```java\nclass Rope {}\n```\n"));
    }

    private GuideFile only(String text) throws IOException {
        Checkout.requireBuilt();
        Path page = Files.writeString(folder.resolve("01-test.md"), text);
        return new GuideChapter(page, folder.resolve("test")).files().getFirst();
    }

    private static List<Path> pages() throws IOException {
        Path docs = Checkout.folder().resolve("docs");
        try (Stream<Path> chapters = Files.list(docs.resolve("guide"))) {
            return Stream.concat(chapters.sorted(), Stream.of(docs.resolve("observing.md")))
                    .filter(page -> page.toString().endsWith(".md"))
                    .toList();
        }
    }

    private Stream<DynamicTest> tests(Path page) {
        try {
            var chapter = new GuideChapter(page, folder.resolve(name(page).replace(".md", "")));
            Stream<DynamicTest> compiles =
                    Stream.of(dynamicTest("compiles without a warning", () -> assertEquals("", chapter.diagnostics())));
            return Stream.concat(
                    compiles, chapter.files().stream().map(file -> dynamicTest(file.name(), () -> check(file))));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static String name(Path page) {
        return page.getFileName().toString();
    }

    private static void check(GuideFile file) throws Exception {
        assumeTrue(file.isCompiled(), "it did not compile");
        if (file.isProgram()) {
            assertFalse(file.steps().isEmpty(), file + ": what it prints or does must follow it");
            run(file);
        } else if (file.isTest()) {
            GuideJUnit.run(file);
        } else {
            assertTrue(file.chapter().uses(file), file + ": nothing in the chapter runs it");
            perform(file);
        }
    }

    private static void run(GuideFile file) throws Exception {
        try (Program program = Program.command(command(file))) {
            perform(file);
            boolean interrupted = !file.consoles().isEmpty() && program.isAlive();
            if (interrupted) {
                program.interrupt();
            }
            compare(file, program.rest());
            int code = program.exitCode();
            assertTrue(code == 0 || interrupted && code == INTERRUPTED, file + ": its exit code is " + code);
        }
    }

    private static void perform(GuideFile file) throws Exception {
        for (MarkdownBlock block : file.consoles()) {
            try (var console = new Console(file.chapter(), block)) {
                console.perform();
            }
        }
    }

    private static void compare(GuideFile file, List<String> printed) {
        assertTrue(file.outputs().size() <= 1, file + ": more than one output");
        String actual = printed.isEmpty() ? "" : String.join("\n", printed) + "\n";
        String shown = file.outputs().isEmpty() ? "" : file.outputs().getFirst().text();
        assertTrue(new Expected(shown).fits(actual), () -> file + " printed\n" + actual + "and not\n" + shown);
    }

    private static List<String> command(GuideFile file) {
        GuideChapter chapter = file.chapter();
        var command = new ArrayList<String>();
        command.add("env");
        command.add("--chdir=" + chapter.folder());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Duser.language=en"));
        command.addAll(GuideChapter.modulePath());
        command.add("--add-opens=java.base/java.lang=bowline.core");
        command.add("-cp");
        command.add(chapter.classes() + File.pathSeparator + System.getProperty("java.class.path"));
        command.add(file.className());
        return command;
    }
}
