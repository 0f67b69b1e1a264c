package bowline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.cred.PasswordFileChecker;
import bowline.cred.PasswordFileOptions;
import bowline.cred.SlowWork;
import bowline.cred.UsernamePassword;
import bowline.cred.hash.Bcrypt;
import bowline.defer.Deferred;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logins whose hashes are computed on the simulated pool.
class LoginTest {
    private static final int COST = 4;

    @TempDir
    private Path folder;

    private List<String> logins(long seed) throws IOException {
        Path file = folder.resolve("passwords");
        Files.writeString(
                file, "alice:" + Bcrypt.of("secret", new byte[16], COST).text() + "\n");
        try (var world = Simulation.of(seed)) {
            var told = new ArrayList<String>();
            world.host("server").start(reactor -> {
                var checker =
                        new PasswordFileChecker(file, PasswordFileOptions.DEFAULT, SlowWork.on(reactor::deferToThread));
                for (String password : List.of("secret", "wrong 1", "wrong 2", "wrong 3", "wrong 4")) {
                    Deferred<String> answer = checker.requestAvatarId(new UsernamePassword("alice", password))
                            .addCallbacks(
                                    id -> "let in", failure -> failure.type().getSimpleName());
                    answer.addCallback(text -> told.add(world.elapsed().toNanos() + " " + password + ": " + text));
                }
                return reactor;
            });
            assertThat(told).isEmpty();
            world.runFor(Duration.ofSeconds(10));
            world.check();
            return told;
        }
    }

    @Test
    @DisplayName("CRD-6: a login takes its time on the pool, and ends the same way and at the same moment each time")
    void loginsAreDecidedByTheSeed() throws IOException {
        List<String> once = logins(1);

        assertThat(once).hasSize(5).isEqualTo(logins(1)).isNotEqualTo(logins(2));
        assertThat(once).filteredOn(line -> line.endsWith("secret: let in")).hasSize(1);
        assertThat(once)
                .filteredOn(line -> line.endsWith(": UnauthorizedLogin"))
                .hasSize(4);
    }
}
