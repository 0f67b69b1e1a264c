package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.junit.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./bowline` and what it is made of, as a shell sees them.
class LauncherTest {

    private final Path home = Checkout.folder();

    @TempDir
    Path folder;

    @BeforeEach
    void isBuilt() {
        Assumptions.assumeTrue(Files.isDirectory(home.resolve("launcher/target/lib")), "./bowline is not built");
    }

    @Test
    void worksThroughASymlinkInAFolderWithABlank() throws Exception {
        Path link = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("a folder")).resolve("knot"), home.resolve("bowline"));

        try (Program version = shell("cd / && '" + link + "' --version")) {
            version.await("^bowline .*Java 2[5-9]");
            assertThat(version.exitCode()).isZero();
        }
    }

    @Test
    void keepsTheExitCodeOfTheProgram() throws Exception {
        try (Program unknown = Program.command(List.of(home.resolve("bowline").toString(), "no-such-service"))) {
            assertThat(unknown.exitCode()).isEqualTo(64);
        }
    }

    @Test
    void takesPluginsFromFoldersWithBlanksAndNamesThoseThatAreMissing() throws Exception {
        Path plugins = Files.createDirectory(folder.resolve("my plugins"));
        Files.copy(aJar(), plugins.resolve("one more.jar"));

        try (Program version = shell("BOWLINE_PLUGINS='" + plugins + "' '" + home.resolve("bowline") + "' --version")) {
            assertThat(version.exitCode()).isZero();
        }
        try (Program missing = shell("BOWLINE_PLUGINS=/no/such '" + home.resolve("bowline") + "' --version")) {
            assertThat(missing.rest())
                    .containsExactly("bowline: no plug-in at /no/such; --plugin-path and BOWLINE_PLUGINS take jars or"
                            + " folders of jars");
            assertThat(missing.exitCode()).isEqualTo(64);
        }
    }

    @Test
    void aCacheThatDoesNotFitIsPassedOverInSilence() throws Exception {
        Path copy = folder.resolve("copy");
        Path target = Files.createDirectories(copy.resolve("launcher/target/lib"));
        for (String script : List.of("bowline", "launcher/jdk.sh")) {
            Files.copy(home.resolve(script), copy.resolve(script));
        }
        try (Stream<Path> jars = Files.list(home.resolve("launcher/target/lib"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, target.resolve(jar.getFileName()));
            }
        }
        Files.writeString(copy.resolve("launcher/target/bowline.aot"), "not a cache");

        try (Program version = shell("BOWLINE_BUILD=never '" + copy.resolve("bowline") + "' --version")) {
            assertThat(version.rest()).hasSize(1).first().asString().startsWith("bowline ");
            assertThat(version.exitCode()).isZero();
        }
    }

    @Test
    void saysWhatToInstallWhereThereIsNoJdk() throws Exception {
        try (Program search =
                shell(". '" + home.resolve("launcher/jdk.sh") + "'; jdk_version_wanted=999; find_jdk; echo code $?")) {
            List<String> said = search.rest();

            assertThat(said).first().asString().contains("no JDK 999 or later found in JAVA_HOME, on the PATH");
            assertThat(said)
                    .anyMatch(line -> line.contains("apt install"))
                    .last()
                    .isEqualTo("code 1");
        }
    }

    @Test
    void prefersTheJdkOfJavaHomeWhenItIsNewEnough() throws Exception {
        Path jdk = folder.resolve("my jdk");
        Files.createDirectories(jdk.resolve("bin"));
        assertThat(Files.createFile(jdk.resolve("bin/javac")).toFile().setExecutable(true))
                .isTrue();
        String search =
                "JAVA_HOME='" + jdk + "'; . '" + home.resolve("launcher/jdk.sh") + "'; find_jdk; echo $JAVA_HOME";

        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.1\"\n");
        try (Program found = shell(search)) {
            assertThat(found.rest()).containsExactly(jdk.toString());
        }

        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        try (Program found = shell(search)) {
            assertThat(found.rest()).doesNotContain(jdk.toString());
        }
    }

    private Path aJar() throws Exception {
        try (Stream<Path> jars = Files.list(home.resolve("launcher/target/lib"))) {
            return jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Program shell(String line) throws Exception {
        return Program.command(List.of("sh", "-c", line));
    }
}
