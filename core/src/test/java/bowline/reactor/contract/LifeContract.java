package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.Deferred;
import bowline.log.LogEvent;
import bowline.protocol.Factory;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor.Phase;
import bowline.reactor.ReactorAlreadyRunning;
import bowline.reactor.ReactorNotRestartable;
import bowline.reactor.ReactorNotRunning;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Life-cycle, system events and signals (sections 9, 12, 14).
public abstract class LifeContract extends ReactorContract {
    private final List<String> seen = new ArrayList<>();

    /// REA-1: never run, starting, running, stopping, stopped; one run() for each reactor
    @Test
    void goesThroughItsStatesOnce() {
        assertFalse(reactor.running());
        assertThrows(ReactorNotRunning.class, reactor::stop);
        reactor.addSystemEventTrigger(Phase.BEFORE, "startup", () -> seen.add("starting: " + state()));
        reactor.addSystemEventTrigger(Phase.BEFORE, "shutdown", () -> seen.add("stopping: " + state()));
        reactor.addSystemEventTrigger(Phase.AFTER, "shutdown", () -> seen.add("all but stopped: " + state()));
        run(() -> {
            seen.add("running: " + state());
            reactor.stop();
        });
        seen.add("stopped: " + state());

        assertEquals(
                List.of(
                        "starting: false ReactorAlreadyRunning",
                        "running: true ReactorAlreadyRunning",
                        "stopping: true ReactorAlreadyRunning",
                        "all but stopped: false ReactorAlreadyRunning",
                        "stopped: false ReactorNotRestartable"),
                seen);
    }

    private String state() {
        var refused = assertThrows(IllegalStateException.class, () -> reactor.run(false));
        return reactor.running() + " " + refused.getClass().getSimpleName();
    }

    /// REA-2, REA-9
    @Test
    void runsUntilItIsStoppedAndSaysSo() {
        run(reactor::stop);

        assertFalse(reactor.running());
        assertTrue(infos().contains("Main loop terminated."));
    }

    /// REA-3
    @Test
    void runsOnlyOnce() {
        run(() -> {
            assertThrows(ReactorAlreadyRunning.class, () -> reactor.run(false));
            reactor.stop();
        });

        assertThrows(ReactorNotRestartable.class, () -> reactor.run(false));
        assertThrows(ReactorNotRestartable.class, () -> reactor.iterate(Duration.ZERO));
    }

    /// REA-4
    @Test
    void refusesToStopWhatDoesNotRun() {
        assertThrows(ReactorNotRunning.class, reactor::stop);
        run(() -> {
            reactor.stop();
            assertThrows(ReactorNotRunning.class, reactor::stop);
            seen.add("went on");
        });

        assertThrows(ReactorNotRunning.class, reactor::stop);
        assertEquals(List.of("went on"), seen);
    }

    /// REA-4
    @Test
    void stopsAtTheEndOfTheTimedCalls() {
        reactor.addSystemEventTrigger(Phase.BEFORE, "shutdown", () -> seen.add("shutdown"));
        run(() -> {
            reactor.callLater(Duration.ZERO, () -> {
                reactor.stop();
                seen.add("running " + reactor.running());
            });
            reactor.callLater(Duration.ZERO, () -> seen.add("the next call"));
        });

        assertEquals(List.of("running true", "the next call", "shutdown"), seen);
    }

    /// REA-5
    @Test
    void runsFromDuringStartupToDuringShutdown() {
        for (Phase phase : List.of(Phase.BEFORE, Phase.AFTER)) {
            for (String event : List.of("startup", "shutdown")) {
                reactor.addSystemEventTrigger(
                        phase, event, () -> seen.add(phase + " " + event + " " + reactor.running()));
            }
        }
        run(reactor::stop);

        assertEquals(
                List.of("BEFORE startup false", "AFTER startup true", "BEFORE shutdown true", "AFTER shutdown false"),
                seen);
    }

    /// REA-6
    @Test
    void runsAgainAfterACrash() {
        reactor.addSystemEventTrigger(Phase.BEFORE, "shutdown", () -> seen.add("shutdown"));
        run(reactor::crash);
        assertFalse(reactor.running());
        assertEquals(List.of(), seen);

        run(() -> {
            seen.add("again " + reactor.running());
            reactor.stop();
        });
        assertEquals(List.of("again true", "shutdown"), seen);
    }

    /// REA-7
    @Test
    void iteratesOneTurnAtATime() {
        reactor.callLater(Duration.ZERO, () -> {
            seen.add("first");
            reactor.callLater(Duration.ZERO, () -> seen.add("second"));
            assertThrows(IllegalStateException.class, () -> reactor.iterate(Duration.ZERO));
        });

        reactor.iterate(Duration.ZERO);
        assertEquals(List.of("first"), seen);
        reactor.iterate(Duration.ZERO);
        assertEquals(List.of("first", "second"), seen);
    }

    /// REA-8
    @Test
    void callsWhenRunningNowOrAfterStartup() {
        assertNotNull(reactor.callWhenRunning(() -> seen.add("registered first")));
        run(() -> {
            seen.add("registered second");
            assertNull(reactor.callWhenRunning(() -> seen.add("at once")));
            seen.add("and back");
            reactor.stop();
        });

        assertEquals(List.of("registered first", "registered second", "at once", "and back"), seen);
    }

    /// REA-10
    @Test
    void survivesEveryKindOfCallback() {
        reactor.addSystemEventTrigger(Phase.DURING, "startup", () -> {
            throw new Exception("trigger");
        });
        reactor.callLater(Duration.ZERO, () -> {
            throw new Exception("timed");
        });
        reactor.callFromThread(() -> {
            throw new Exception("thread");
        });
        run(() -> {
            reactor.callWhenRunning(() -> {
                throw new Exception("when running");
            });
            reactor.callLater(Duration.ZERO, reactor::stop);
        });

        assertEquals(
                List.of(
                        "While calling system event trigger handler",
                        "Unhandled Error",
                        "while calling from thread",
                        "while handling timed call"),
                criticalTexts());
        assertEquals(List.of("trigger", "when running", "thread", "timed"), messages(takeCriticals()));
    }

    /// REA-11, G8
    @Test
    void doesNotTurnWhileNothingHappens() {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        run(() -> reactor.callLater(Duration.ofMillis(300), reactor::stop));
        long used = threads.getCurrentThreadCpuTime() - start;

        // A loop that spins would have used all of the time.
        assertTrue(used < Duration.ofMillis(150).toNanos(), "processor time used: " + used + " ns");
    }

    // System events

    /// EVT-2, EVT-6
    @Test
    void livesOnUntilBeforeShutdownIsDone() {
        var closing = new Deferred<@Nullable Void>();
        reactor.addSystemEventTriggerDeferring("shutdown", () -> {
            reactor.callLater(Duration.ofMillis(5), () -> {
                seen.add("timers work, running " + reactor.running());
                closing.callback(null);
            });
            return closing;
        });
        reactor.addSystemEventTrigger(Phase.DURING, "shutdown", () -> seen.add("during"));
        run(reactor::stop);

        assertEquals(List.of("timers work, running true", "during"), seen);
    }

    /// EVT-6: what the shutdown waits for may come when the turn sends and closes, just before it would wait for
    /// I/O.
    @Test
    @Timeout(10) // less than the guard's time limit, which would end the wait
    void endsWithTheConnectionThatShutdownWaitedFor() throws IOException {
        needsRealSystem("its peers are sockets of the system");
        var lost = new Deferred<@Nullable Void>();
        var talker = new Talker().onMade(_ -> reactor.stop()).onLost(_ -> lost.callback(null));
        var port = reactor.listenTcp(0, Factory.of(() -> talker), ListenOptions.DEFAULT.on("127.0.0.1"));
        reactor.addSystemEventTriggerDeferring("shutdown", () -> {
            port.stopListening()
                    .onSuccess(_ -> reactor.callLater(Duration.ofMillis(1), talker.transport()::abortConnection));
            return lost;
        });
        try (var peer = new Socket("127.0.0.1", port.port())) {
            run();
            assertTrue(peer.isConnected());
        }
    }

    /// EVT-2: a failure counts as done
    @Test
    void goesOnWhenWhatItWaitsForFails() {
        var failing = new Deferred<@Nullable Void>();
        reactor.addSystemEventTriggerDeferring("party", () -> failing);
        reactor.addSystemEventTrigger(Phase.AFTER, "party", () -> seen.add("after"));

        reactor.fireSystemEvent("party");
        assertEquals(List.of(), seen);
        failing.errback(new Exception("no cake"));

        assertEquals(List.of("after"), seen);
        failing.addErrback(failure -> null);
    }

    /// EVT-2, EVT-3, EVT-7
    @Test
    void firesAUsersEventInThreePhasesOnce() {
        for (Phase phase : List.of(Phase.AFTER, Phase.DURING, Phase.BEFORE)) {
            reactor.addSystemEventTrigger(phase, "party", () -> seen.add(phase + " 1"));
            reactor.addSystemEventTrigger(phase, "party", () -> seen.add(phase + " 2"));
        }
        reactor.addSystemEventTrigger(
                Phase.BEFORE,
                "party",
                () -> reactor.addSystemEventTrigger(Phase.DURING, "party", () -> seen.add("added meanwhile")));

        reactor.fireSystemEvent("party");
        reactor.fireSystemEvent("party");

        assertEquals(
                List.of("BEFORE 1", "BEFORE 2", "DURING 1", "DURING 2", "added meanwhile", "AFTER 1", "AFTER 2"), seen);
    }

    /// EVT-1
    @Test
    void takesATriggerBackOnce() {
        var trigger = reactor.addSystemEventTrigger(Phase.DURING, "party", () -> seen.add("called"));
        reactor.removeSystemEventTrigger(trigger);
        reactor.fireSystemEvent("party");

        assertEquals(List.of(), seen);
        assertThrows(IllegalArgumentException.class, () -> reactor.removeSystemEventTrigger(trigger));
    }

    /// EVT-5
    @Test
    void onlyWarnsWhenATriggerHasJustRun() {
        var ran = reactor.addSystemEventTrigger(Phase.BEFORE, "party", () -> {});
        reactor.addSystemEventTrigger(Phase.BEFORE, "party", () -> reactor.removeSystemEventTrigger(ran));
        reactor.fireSystemEvent("party");

        assertEquals(
                1,
                logged.stream()
                        .map(LogEvent::text)
                        .filter(text -> text.contains("after it ran"))
                        .count());
    }

    /// EVT-4
    @Test
    void runsTheOthersWhenATriggerThrows() {
        reactor.addSystemEventTrigger(Phase.BEFORE, "party", () -> {
            throw new Exception("spilled");
        });
        reactor.addSystemEventTrigger(Phase.BEFORE, "party", () -> seen.add("the other"));
        reactor.fireSystemEvent("party");

        assertEquals(List.of("the other"), seen);
        assertEquals(List.of("spilled"), messages(takeCriticals()));
    }

    // Signals

    /// SIG-1, SIG-3, SIG-4
    @Test
    void stopsOnASignalAndRemembersIt() throws Exception {
        needsRealSystem("it sends signals to this process");
        var guard = reactor.callLater(Duration.ofSeconds(20), reactor::crash);
        reactor.callWhenRunning(() -> {
            reactor.callLater(Duration.ZERO, () -> raise("TERM"));
            var slow = new Deferred<@Nullable Void>();
            reactor.addSystemEventTriggerDeferring("shutdown", () -> {
                raise("TERM");
                reactor.callLater(Duration.ofMillis(50), () -> slow.callback(null));
                return slow;
            });
        });
        reactor.run();
        guard.cancelIfActive();

        assertEquals("TERM", reactor.caughtSignal());
        assertTrue(infos().contains("Received SIGTERM, shutting down."));
    }

    /// SIG-2
    @Test
    void leavesSignalsToTheProgramWhenTold() throws Exception {
        needsRealSystem("it sends signals to this process");
        Object former = handle(
                "TERM",
                handler(() -> reactor.callFromThread(() -> {
                    seen.add("heard by the program");
                    reactor.stop();
                })));
        try {
            run(() -> raise("TERM"));
        } finally {
            handle("TERM", former);
        }

        assertEquals(List.of("heard by the program"), seen);
        assertNull(reactor.caughtSignal());
    }

    private static void raise(String signal) throws Exception {
        Class<?> type = Class.forName("sun.misc.Signal");
        type.getMethod("raise", type)
                .invoke(null, type.getConstructor(String.class).newInstance(signal));
    }

    /// Installs a handler and returns the former one.
    private static Object handle(String signal, Object handler) throws Exception {
        Class<?> type = Class.forName("sun.misc.Signal");
        return type.getMethod("handle", type, Class.forName("sun.misc.SignalHandler"))
                .invoke(null, type.getConstructor(String.class).newInstance(signal), handler);
    }

    private static Object handler(Runnable action) throws ClassNotFoundException {
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, _, _) -> {
            action.run();
            return null;
        });
    }

    static List<String> messages(List<Throwable> thrown) {
        return thrown.stream().map(Throwable::getMessage).toList();
    }
}
