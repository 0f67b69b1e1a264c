package consumer.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import bowline.reactor.Reactor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The build runs this twice: on the module path and on the class path.
class RoundTripTest {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    @Test
    void runsOnThePathTheBuildSays() {
        boolean modular = RoundTrip.class.getModule().isNamed();

        assertEquals(System.getProperty("consumer.path"), modular ? "module path" : "class path");
        assertEquals(modular, Reactor.class.getModule().isNamed());
    }

    @Test
    void bringsTheLineHome() {
        assertEquals("ahoy", assertTimeoutPreemptively(TIME_LIMIT, () -> RoundTrip.of("ahoy")));
    }
}
