package bowline.reactor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.reactor.Reactor;
import bowline.reactor.nio.NioProvider;
import java.io.BufferedReader;
import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// SIG-3: a JDK without signals. With them, the contract of every backend shows what happens.
@Timeout(60)
class SignalsTest {

    /// What runs in a JVM of its own: a reactor whose shutdown takes a while.
    static final class Program {
        public static void main(String[] arguments) {
            Reactor reactor = new NioProvider().create();
            reactor.addSystemEventTriggerDeferring("shutdown", () -> {
                var closed = new Deferred<@Nullable Void>();
                reactor.callLater(Duration.ofMillis(50), () -> closed.callback(null));
                return closed.onBoth(() -> IO.println("closed in order"));
            });
            reactor.callLater(Duration.ZERO, () -> IO.println("running " + signals()));
            reactor.run();
        }

        private static String signals() {
            try {
                return Class.forName("sun.misc.Signal").getName();
            } catch (ClassNotFoundException missing) {
                return "without signals";
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void endsInOrderWithoutTheJdksSignals() throws Exception {
        String classes = folderOf(Program.class) + File.pathSeparator + folderOf(Reactor.class);
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.base,java.logging",
                        "-cp",
                        classes,
                        Program.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        try (BufferedReader output = program.inputReader()) {
            assertThat(output.readLine()).isEqualTo("running without signals");
            program.toHandle().destroy();

            assertThat(output.readLine()).isEqualTo("closed in order");
            assertThat(program.waitFor()).isEqualTo(128 + 15);
        } finally {
            program.destroyForcibly();
        }
    }

    /// A reactor that does not stop does not keep the JVM for ever.
    @Test
    void waitsNoLongerThanItsLimit() {
        var told = new ArrayList<@Nullable String>();
        try (var _ = Signals.subscribe(told::add)) {
            Signals.endInOrder(Duration.ofMillis(1));
        }

        assertThat(told).containsExactly((String) null);
    }

    private static Path folderOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
