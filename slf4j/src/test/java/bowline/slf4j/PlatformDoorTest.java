package bowline.slf4j;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.log.LogBeginner;
import bowline.log.LogPublisher;
import bowline.log.TextLogObserver;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// LGR-14: with our jar on the class path, the platform finds us by itself. In a JVM of its own, for a JVM looks once.
class PlatformDoorTest {
    private static final String SERVICES = "META-INF/services/";

    @Test
    void theJdksOwnLogsAndSlf4jsArriveInOneLog() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();

            assertThat(said.lines().map(line -> line.replaceFirst("^\\S+ ", "")))
                    .containsExactly("[jdk.like#warn] from the platform", "[lib#info] from SLF4J");
        } finally {
            program.destroyForcibly();
        }
    }

    /// What the child runs.
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            LogBeginner.global()
                    .beginLoggingTo(List.of(new TextLogObserver(System.out)), LogBeginner.Option.KEEP_STANDARD_IO);
            System.getLogger("jdk.like").log(System.Logger.Level.WARNING, "from the platform");
            LoggerFactory.getLogger("lib").info("from {}", "SLF4J");
        }
    }

    private static String classPath() throws IOException {
        var places = new LinkedHashSet<String>();
        for (Class<?> owner :
                List.of(Program.class, Slf4jLogger.class, LogPublisher.class, LoggerFactory.class, NullMarked.class)) {
            places.add(Path.of(URI.create(owner.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toString()))
                    .toString());
        }
        places.add(ourServices());
        return String.join(File.pathSeparator, places);
    }

    /// The folder or jar with the files that name us; a build may keep them apart from the classes.
    private static String ourServices() throws IOException {
        String name = SERVICES + "java.lang.System$LoggerFinder";
        String place = String.valueOf(PlatformDoorTest.class.getClassLoader().getResource(name));
        assertThat(place).startsWith("file:").endsWith(name);
        return Path.of(URI.create(place.substring(0, place.length() - name.length())))
                .toString();
    }
}
