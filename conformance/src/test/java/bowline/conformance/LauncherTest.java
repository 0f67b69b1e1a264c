package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.junit.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
        Checkout.requireBuilt();
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

    @Test
    void installsMavenAsRootWhereThereIsApt() throws Exception {
        Path tools = machineWithoutMaven(0);
        Path apt = folder.resolve("apt.log");
        Path mvn = tools.resolve("mvn");
        tool(
                "apt-get",
                "echo \"$@\" >>'" + apt + "'; [ $1 = update ] || /bin/cp '" + tools.resolve("id") + "' '" + mvn + "'");

        try (Program search = findMaven(tools)) {
            assertThat(search.rest()).containsExactly("sh: no Maven on this machine; installing it", "code 0");
        }
        assertThat(Files.readAllLines(apt)).containsExactly("update -q", "install -q -y --no-install-recommends maven");

        Files.delete(apt);
        try (Program again = findMaven(tools)) {
            assertThat(again.rest()).containsExactly("code 0");
        }
        assertThat(apt).doesNotExist();
    }

    @Test
    void asksForMavenWhereItCannotInstallIt() throws Exception {
        String plea =
                "sh: no Maven found; install version 3.8 or later (on Debian: apt-get install maven) and try again";
        try (Program nobody = findMaven(machineWithoutMaven(1000))) {
            assertThat(nobody.rest()).containsExactly(plea, "code 1");
        }

        Path tools = machineWithoutMaven(0);
        try (Program elsewhere = findMaven(tools)) {
            assertThat(elsewhere.rest()).as("no apt-get").containsExactly(plea, "code 1");
        }
        tool("apt-get", "echo \"$1: no network\"; exit 100");
        try (Program offline = findMaven(tools)) {
            assertThat(offline.rest())
                    .containsExactly(
                            "sh: no Maven on this machine; installing it",
                            "update: no network",
                            "install: no network",
                            plea,
                            "code 1");
        }
    }

    private Program findMaven(Path tools) throws Exception {
        return shell("PATH='" + tools + "'; . '" + home.resolve("launcher/maven.sh") + "'; find_maven; echo code $?");
    }

    /// A folder that is all of the PATH, where nothing but `id` is to be found.
    private Path machineWithoutMaven(int userId) throws Exception {
        return tool("id", "echo " + userId).getParent();
    }

    private Path tool(String name, String script) throws Exception {
        Path tool = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(tool, "#!/bin/sh\n" + script + "\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        return tool;
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
