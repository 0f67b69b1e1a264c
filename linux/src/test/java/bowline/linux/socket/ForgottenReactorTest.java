package bowline.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.reactor.Reactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A reactor that never ran has no end at which it could let go of what the kernel holds for it.
class ForgottenReactorTest {
    private static final int REACTORS = 20;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(strings = {"uring", "epoll"})
    @DisplayName("reactors that were never run are freed by the collector")
    void freesWhatIsForgotten(String backend) throws IOException {
        Reactor.create(backend); // the first one opens what the JDK keeps
        forgetAll();
        long before = descriptors();
        Reactor[] made =
                Stream.generate(() -> Reactor.create(backend)).limit(REACTORS).toArray(Reactor[]::new);
        assertThat(descriptors()).as("two descriptors each").isGreaterThan(before + made.length);

        made = null;
        Instant end = Instant.now().plus(TIME_LIMIT);
        while (descriptors() > before && Instant.now().isBefore(end)) {
            forgetAll();
        }

        assertThat(descriptors()).isLessThanOrEqualTo(before);
    }

    private static void forgetAll() {
        System.gc();
        Thread.yield();
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
