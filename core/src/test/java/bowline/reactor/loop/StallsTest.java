package bowline.reactor.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bowline.defer.Deferred;
import bowline.log.CapturedLogs;
import bowline.log.LogEvent;
import bowline.log.LogLevel;
import bowline.reactor.Reactor;
import bowline.reactor.watch.MetricsPage;
import bowline.reactor.watch.StallLimits;
import bowline.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What lasts too long is told (issue 4, section 4): in played time, and once with a real thread that looks.
class StallsTest {
    private static final Duration BUDGET = Duration.ofMillis(400);
    private static final StallLimits LIMITS = StallLimits.DEFAULT.callback(BUDGET);

    private final PlayedLoop.World world = new PlayedLoop.World();
    private final PlayedLoop loop = world.loop();
    private final CapturedLogs logs = CapturedLogs.open();

    @AfterEach
    void close() {
        logs.close();
    }

    private List<LogEvent> warnings() {
        return logs.events().stream()
                .filter(event -> event.level() == LogLevel.WARN)
                .toList();
    }

    private List<String> warningTexts() {
        return warnings().stream().map(LogEvent::text).toList();
    }

    private void runFor(Duration time) {
        loop.callLater(time, loop::stop);
        world.run();
    }

    private void poemThatTakes(Duration time) {
        world.passWatched(time);
    }

    @Test
    void tellsOfACallbackOverItsBudgetWithItsStack() {
        loop.watch().watchStalls(LIMITS);
        loop.callLater(Duration.ofSeconds(1), () -> poemThatTakes(Duration.ofMillis(600)));

        runFor(Duration.ofSeconds(2));

        LogEvent told = warnings().getFirst();
        assertThat(told.text())
                .contains(
                        "reactor " + loop.watch().reactor() + ": a callback has not returned for 400 ms, more than its"
                                + " budget of 400 ms",
                        "Thread " + Thread.currentThread().getName() + " is here:",
                        "\nat " + StallsTest.class.getName() + ".poemThatTakes(StallsTest.java:");
        assertEquals((long) loop.watch().reactor(), told.get("log_reactor"));
        assertThat((Long) told.get("log_turn")).isPositive();
        assertEquals(1, loop.watch().stats().slowCallbacks());
        assertThat(MetricsPage.of(List.of(loop.watch().stats())))
                .contains(
                        "bowline_slow_callbacks_total{reactor=\"" + loop.watch().reactor() + "\"} 1\n");
    }

    @Test
    void tellsAgainWhenItHasLastedTwiceAsLongAndWhenItHasEnded() {
        loop.watch().watchStalls(LIMITS);
        loop.callLater(Duration.ofSeconds(1), () -> poemThatTakes(Duration.ofMillis(3500)));
        loop.callLater(Duration.ofSeconds(6), () -> poemThatTakes(Duration.ofMillis(100)));

        runFor(Duration.ofSeconds(7));

        assertThat(warningTexts()).hasSize(5);
        assertThat(warningTexts().get(1)).contains("for 800 ms");
        assertThat(warningTexts().get(2)).contains("for 1600 ms");
        assertThat(warningTexts().get(3)).contains("for 3200 ms");
        assertThat(warningTexts().get(4)).contains("the callback that did not return has done so, after 3400 ms");
        assertEquals(1, loop.watch().stats().slowCallbacks());
    }

    @Test
    void isSilentWhileCallbacksKeepTheirBudgetHoweverManyThereAre() {
        loop.watch().watchStalls(LIMITS);
        for (int i = 0; i < 100; i++) {
            loop.callLater(Duration.ofSeconds(1), () -> poemThatTakes(Duration.ofMillis(300)));
        }

        runFor(Duration.ofSeconds(60));

        assertThat(warningTexts()).isEmpty();
        assertEquals(0, loop.watch().stats().slowCallbacks());
    }

    @Test
    void takesNoPauseOfTheWholeProcessForAStall() {
        loop.watch().watchStalls(LIMITS);
        loop.callLater(Duration.ofSeconds(1), () -> {
            poemThatTakes(Duration.ofMillis(100));
            world.pass(Duration.ofMinutes(5));
            poemThatTakes(Duration.ofMillis(100));
        });

        runFor(Duration.ofSeconds(2));

        assertThat(warningTexts()).isEmpty();
    }

    @Test
    void showsSoManyFramesAndSaysThatThereAreMore() {
        loop.watch().watchStalls(LIMITS.framesMax(2));
        loop.callLater(Duration.ofSeconds(1), () -> poemThatTakes(Duration.ofMillis(600)));

        runFor(Duration.ofSeconds(2));

        assertThat(warningTexts().getFirst().lines())
                .filteredOn(line -> line.startsWith("at ") || line.startsWith("..."))
                .hasSize(3)
                .last()
                .asString()
                .matches("\\.\\.\\. \\d+ more");
    }

    @Test
    void endsWhenAskedToAndIsReplacedByWhatIsAskedForNext() {
        Runnable first = loop.watch().watchStalls(LIMITS.callback(Duration.ofMillis(100)));
        Runnable second = loop.watch().watchStalls(LIMITS);
        first.run();
        loop.callLater(Duration.ofSeconds(1), () -> poemThatTakes(Duration.ofMillis(600)));
        loop.callLater(Duration.ofSeconds(2), second::run);
        loop.callLater(Duration.ofSeconds(3), () -> assertThat(world.looks()).isEmpty());

        runFor(Duration.ofSeconds(4));

        assertEquals(1, loop.watch().stats().slowCallbacks());
        assertThat(warningTexts()).hasSize(1);
    }

    @Test
    void leavesNothingBehindWhenTheReactorEnds() {
        loop.watch().watchStalls(LIMITS.parked(Duration.ofHours(1)));
        loop.callLater(Duration.ofSeconds(1), () -> assertThat(world.looks()).hasSize(1));

        runFor(Duration.ofSeconds(2));

        assertThat(world.looks()).isEmpty();
        assertThat(loop.delayedCalls()).isEmpty();
    }

    private static String poemFrom(Deferred<String> writer) throws Exception {
        return writer.await();
    }

    @Test
    void namesACoroutineThatIsSetAsideForTooLongAndWhereItWaits() {
        loop.watch().watchStalls(LIMITS.parked(Duration.ofMinutes(4)));
        var writer = new Deferred<String>();
        loop.callLater(Duration.ofSeconds(1), () -> loop.async(() -> poemFrom(writer)));
        loop.callLater(Duration.ofMinutes(30), () -> writer.callback("Ice"));

        runFor(Duration.ofHours(2));

        assertThat(warningTexts()).hasSize(3);
        assertThat(warningTexts().getFirst())
                .matches("(?s)coroutine 1 awaiting Deferred@.* has not gone on for 240000 ms,"
                        + " more than the 240000 ms that it may; it is here:\n.*")
                .contains("\nat " + StallsTest.class.getName() + ".poemFrom(StallsTest.java:");
        assertThat(warningTexts().get(1)).contains("for 480000 ms");
        assertThat(warningTexts().get(2)).contains("for 960000 ms");
    }

    @Test
    void isSilentOfACoroutineThatGoesOnNowAndThen() {
        loop.watch().watchStalls(LIMITS.parked(Duration.ofMinutes(4)));
        loop.callLater(
                Duration.ofSeconds(1),
                () -> loop.async(() -> {
                    for (int i = 0; i < 10; i++) {
                        var minutes = new Deferred<Integer>();
                        loop.callLater(Duration.ofMinutes(3), () -> minutes.callback(3));
                        minutes.await();
                    }
                    return null;
                }));

        runFor(Duration.ofHours(1));

        assertThat(warningTexts()).isEmpty();
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        assertThat(assertThrows(
                        IllegalArgumentException.class, () -> StallLimits.DEFAULT.callback(Duration.ofMillis(1))))
                .hasMessage("callback PT0.001S is not between PT0.01S and PT8760H, the limits there are");
        assertThrows(IllegalArgumentException.class, () -> StallLimits.DEFAULT.parked(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> StallLimits.DEFAULT.framesMax(0));
    }

    @Test
    void watchesCoroutinesInASimulationToo() {
        try (var simulation = Simulation.of(1);
                var told = CapturedLogs.open()) {
            simulation.host("poet").start(reactor -> {
                reactor.watch().watchStalls(LIMITS.parked(Duration.ofMinutes(4)));
                return reactor.async(() -> poemFrom(new Deferred<>()));
            });

            simulation.runFor(Duration.ofMinutes(5));

            assertThat(told.texts())
                    .filteredOn(text -> text.contains("has not gone on"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest(name = "in a coroutine: {0}")
    @ValueSource(booleans = {false, true})
    void catchesARealReactorInTheAct(boolean inCoroutine) throws InterruptedException {
        Reactor reactor = Reactor.create();
        reactor.watch().watchStalls(StallLimits.DEFAULT.callback(Duration.ofMillis(40)));
        reactor.callWhenRunning(() -> {
            if (inCoroutine) {
                reactor.async(() -> {
                    spinUntilTold(reactor);
                    return null;
                });
            } else {
                spinUntilTold(reactor);
            }
            stopWhenItsEndIsTold(reactor);
        });

        reactor.run();

        assertEquals(1, reactor.watch().stats().slowCallbacks());
        assertThat(warningTexts().getFirst()).contains("StallsTest.spinUntilTold(StallsTest.java:");
        assertThat(warningTexts().getLast()).contains("has done so, after");
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName()
                    .equals("bowline watch of reactor " + reactor.watch().reactor())) {
                assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
            }
        }
    }

    private void stopWhenItsEndIsTold(Reactor reactor) {
        if (warningTexts().stream().anyMatch(text -> text.contains("has done so"))) {
            reactor.stop();
        } else {
            reactor.callLater(Duration.ofMillis(10), () -> stopWhenItsEndIsTold(reactor));
        }
    }

    private void spinUntilTold(Reactor reactor) {
        long end = reactor.nanos() + Duration.ofSeconds(20).toNanos();
        while (warnings().isEmpty() && reactor.nanos() < end) {
            Thread.onSpinWait();
        }
    }
}
