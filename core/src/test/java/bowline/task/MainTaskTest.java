package bowline.task;

import static bowline.task.MainTask.react;
import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.LogEvent;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// TSK-12: a program that is over when its one Deferred fires.
@Timeout(20)
class MainTaskTest {
    private final List<Object> seen = new ArrayList<>();
    private final List<LogEvent> logged = new CopyOnWriteArrayList<>();
    private final LogObserver observer = logged::add;
    private final Reactor reactor = Reactor.create();

    @BeforeEach
    void watchTheLog() {
        LogPublisher.global().add(observer);
    }

    @AfterEach
    void leaveTheLog() {
        LogPublisher.global().remove(observer);
    }

    @Test
    @DisplayName("TSK-12: runs the reactor until the Deferred fires, then exits with 0")
    void exitsWithZero() {
        react(reactor, running -> Later.deferLater(running, Duration.ofMillis(1), () -> seen.add("worked")), seen::add);

        assertThat(seen).containsExactly("worked", 0);
    }

    @Test
    @DisplayName("TSK-12: a Deferred that has fired already still gets the whole start-up and shutdown")
    void aFiredOneGetsTheWholeLife() {
        reactor.addSystemEventTrigger(Reactor.Phase.AFTER, "startup", () -> seen.add("startup"));
        reactor.addSystemEventTrigger(Reactor.Phase.AFTER, "shutdown", () -> seen.add("shutdown"));

        react(reactor, _ -> Deferred.succeed("at once"), seen::add);

        assertThat(seen).containsExactly("startup", "shutdown", 0);
    }

    @Test
    @DisplayName("TSK-12: any other failure is logged and exits with 1")
    void aFailureExitsWithOne() {
        var broken = new IOException("broken");

        react(reactor, _ -> Deferred.fail(broken), seen::add);

        assertThat(seen).containsExactly(1);
        assertLogged(broken);
    }

    @Test
    @DisplayName("TSK-12: what the body throws is a failure as well")
    void whatTheBodyThrowsIsAFailure() {
        var broken = new IOException("broken");

        react(
                reactor,
                _ -> {
                    throw broken;
                },
                seen::add);

        assertThat(seen).containsExactly(1);
        assertLogged(broken);
    }

    @Test
    @DisplayName("TSK-12: SystemExit chooses the code and logs nothing")
    void systemExitChoosesTheCode() {
        react(reactor, _ -> Deferred.fail(new SystemExit(7)), seen::add);

        assertThat(seen).containsExactly(7);
        assertThat(logged).noneMatch(event -> event.text().contains("main function"));
    }

    @Test
    @DisplayName("TSK-12: a reactor that is stopping already is not stopped again")
    void aStoppingReactorIsNotStoppedAgain() {
        react(
                reactor,
                running -> {
                    running.stop();
                    return Deferred.succeed("done");
                },
                seen::add);

        assertThat(seen).containsExactly(0);
        assertThat(logged).allMatch(event -> event.failure() == null);
    }

    @Test
    @DisplayName("TSK-12: a body that ends during the shutdown still chooses the code")
    void aBodyThatEndsDuringTheShutdown() {
        react(
                reactor,
                running -> {
                    var ended = new Deferred<String>();
                    running.addSystemEventTrigger(
                            Reactor.Phase.DURING, "shutdown", () -> ended.errback(new SystemExit(3)));
                    running.stop();
                    return ended;
                },
                seen::add);

        assertThat(seen).containsExactly(3);
    }

    @Test
    @DisplayName("TSK-12: a reactor ended before the body tells by which signal")
    void aReactorEndedBeforeTheBody() {
        react(
                reactor,
                running -> {
                    running.stop();
                    return new Deferred<>();
                },
                seen::add);

        assertThat(seen).containsExactly(0);
        assertThat(MainTask.codeAfter("INT")).isEqualTo(130);
        assertThat(MainTask.codeAfter("TERM")).isEqualTo(143);
        assertThat(MainTask.codeAfter("BREAK")).isEqualTo(1);
    }

    private void assertLogged(Throwable thrown) {
        assertThat(logged)
                .filteredOn(event -> event.text().contains("main function encountered error"))
                .extracting(LogEvent::failure)
                .containsExactly(Failure.of(thrown));
    }
}
