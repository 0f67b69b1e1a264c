package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.junit.Program;
import bowline.run.Main;
import bowline.service.ServiceMaker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RUN-9: jars with services of others, compiled and packed here, then broken in all the ways that jars are.
class BrokenPluginsTest {

    @TempDir
    private Path folder;

    private final List<Path> jars = new ArrayList<>();

    @BeforeEach
    void aGoodOne() throws IOException {
        jars.add(jar("good.jar", "good.Maker", compiled("good.Maker", maker("good", "good", "", ""))));
    }

    /// A service that ends at once.
    private static String maker(String folder, String name, String superclass, String body) {
        return """
                package %s;

                public class Maker %s implements bowline.service.ServiceMaker {
                    %s
                    public String name() { return "%s"; }
                    public String summary() { return "Ends at once"; }
                    public bowline.service.Service makeService(
                            bowline.service.ServiceArguments arguments, bowline.reactor.Reactor reactor) {
                        reactor.callWhenRunning(() -> { System.out.println("it runs"); reactor.stop(); });
                        return new bowline.service.ServiceGroup();
                    }
                }
                """.formatted(folder, superclass, body, name);
    }

    private Path compiled(String name, String source) throws IOException {
        Path sources = folder.resolve("src");
        Path classes = folder.resolve("classes");
        Path file = sources.resolve(name.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.createDirectories(classes);
        Files.writeString(file, source);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path") + File.pathSeparator + classes,
                        "-d",
                        classes.toString(),
                        file.toString());
        assertEquals(0, result);
        return classes.resolve(name.replace('.', '/') + ".class");
    }

    private Path jar(String jarName, String provider, Path classFile) throws IOException {
        Path path = folder.resolve(jarName);
        try (var jar = new JarOutputStream(Files.newOutputStream(path))) {
            jar.putNextEntry(new JarEntry("META-INF/services/" + ServiceMaker.class.getName()));
            jar.write((provider + "\n").getBytes());
            jar.putNextEntry(
                    new JarEntry(folder.resolve("classes").relativize(classFile).toString()));
            jar.write(Files.readAllBytes(classFile));
        }
        return path;
    }

    private Program bowline(String... words) throws IOException {
        List<String> path = Stream.concat(
                        jars.reversed().stream().map(Path::toString), Stream.of(System.getProperty("java.class.path")))
                .toList();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(File.pathSeparator, path),
                Main.class.getName()));
        command.addAll(Arrays.asList(words));
        return Program.command(command);
    }

    /// That the others work, the help too, and that one line tells which jar is broken, and how.
    private void isLeftOut(String jarName, String provider, String reason) throws Exception {
        try (Program good = bowline("--log-format", "text", "good")) {
            List<String> said = good.rest();
            assertEquals(0, good.exitCode(), said.toString());
            assertThat(said).anyMatch(line -> line.endsWith("it runs"));
            tells(said, jarName, provider, reason);
        }
        try (Program help = bowline("--help")) {
            List<String> said = help.rest();
            assertEquals(0, help.exitCode(), said.toString());
            assertTrue(said.stream().anyMatch(line -> line.matches(" +good +Ends at once")), said.toString());
            tells(said, jarName, provider, reason);
        }
    }

    /// On standard error, whether there comes to be a log or not.
    private void tells(List<String> said, String jarName, String provider, String reason) {
        assertThat(said)
                .filteredOn(line -> line.startsWith("the plug-in "))
                .singleElement()
                .asString()
                .contains("the plug-in " + provider + " in " + folder.resolve(jarName) + " does not load")
                .contains(reason)
                .contains("repair the jar, or take it away");
    }

    @Test
    @DisplayName("RUN-9: a class cut short")
    void aTruncatedClass() throws Exception {
        Path whole = compiled("cut.Maker", maker("cut", "cut", "", ""));
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
        jars.add(jar("cut.jar", "cut.Maker", whole));

        isLeftOut("cut.jar", "cut.Maker", "ClassFormatError: Truncated class file");
    }

    @Test
    @DisplayName("RUN-9: a class that stands on one that is not there")
    void aMissingDependency() throws Exception {
        compiled("lost.Base", "package lost; public class Base {}");
        jars.add(jar("poor.jar", "poor.Maker", compiled("poor.Maker", maker("poor", "poor", "extends lost.Base", ""))));

        isLeftOut("poor.jar", "poor.Maker", "lost.Base");
    }

    @Test
    @DisplayName("RUN-9: a provider that throws when it is made")
    void aProviderThatThrows() throws Exception {
        String body = "public Maker() { throw new IllegalStateException(\"no licence\"); }";
        jars.add(jar("angry.jar", "angry.Maker", compiled("angry.Maker", maker("angry", "angry", "", body))));

        isLeftOut("angry.jar", "angry.Maker", "IllegalStateException: no licence");
    }

    @Test
    @DisplayName("RUN-9: a provider whose class fails to begin, and one that cannot tell its name")
    void aProviderThatFailsLater() throws Exception {
        String source =
                maker("mute", "mute", "", "").replace("return \"mute\";", "throw new RuntimeException(\"dumb\");");
        jars.add(jar("mute.jar", "mute.Maker", compiled("mute.Maker", source)));
        isLeftOut("mute.jar", "mute.Maker", "RuntimeException: dumb");
        jars.removeLast();

        String body = "static final int ZERO = 0, BROKEN = 1 / Integer.parseInt(\"0\");";
        jars.add(jar("begins.jar", "begins.Maker", compiled("begins.Maker", maker("begins", "begins", "", body))));

        isLeftOut("begins.jar", "begins.Maker", "ArithmeticException: / by zero");
    }

    @Test
    @DisplayName("RUN-9: a name in a jar that has no such class, and a list that is none")
    void aWrongList() throws Exception {
        jars.add(jar("empty.jar", "empty.Maker", compiled("other.Maker", maker("other", "other", "", ""))));
        isLeftOut("empty.jar", "empty.Maker", "Provider empty.Maker not found");

        jars.set(1, jar("scribble.jar", "not a name!", compiled("other.Maker", maker("other", "other", "", ""))));
        isLeftOut("scribble.jar", "named wrongly", "");
    }

    @Test
    @DisplayName("RUN-9: asked for itself, a broken one is an unknown service, with the line that tells why")
    void whatIsBrokenIsUnknown() throws Exception {
        String body = "public Maker() { throw new IllegalStateException(\"no licence\"); }";
        jars.add(jar("angry.jar", "angry.Maker", compiled("angry.Maker", maker("angry", "angry", "", body))));
        try (Program angry = bowline("angry")) {
            List<String> said = angry.rest();
            assertEquals(64, angry.exitCode(), said.toString());
            tells(said, "angry.jar", "angry.Maker", "no licence");
        }
    }
}
