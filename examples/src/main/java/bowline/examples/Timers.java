package bowline.examples;

import bowline.reactor.Reactor;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Three timers that print the time, and a fourth that stops the reactor (seed P10). Ctrl-C ends it sooner.
///
///     ./bowline example timers
public final class Timers {
    private static final DateTimeFormatter HOUR_MINUTE_SECOND = DateTimeFormatter.ofPattern("HH:mm:ss");

    private Timers() {}

    /// Runs for five seconds.
    public static void main(String... args) {
        Reactor reactor = Reactor.create();
        reactor.callLater(Duration.ofSeconds(1), Timers::printTime);
        reactor.callLater(Duration.ofSeconds(2), Timers::printTime);
        reactor.callLater(Duration.ofSeconds(3), Timers::printTime);
        reactor.callLater(Duration.ofSeconds(5), () -> stop(reactor));

        IO.println("Running the reactor...");
        reactor.run();
        IO.println("Reactor stopped.");
    }

    private static void printTime() {
        IO.println("Current time is " + LocalTime.now(ZoneId.systemDefault()).format(HOUR_MINUTE_SECOND));
    }

    private static void stop(Reactor reactor) {
        IO.println("Stopping reactor");
        reactor.stop();
    }
}
