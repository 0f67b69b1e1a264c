package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.Deferred;
import bowline.failure.Debug;
import bowline.log.LogContext;
import bowline.reactor.ReactorNotRunning;
import bowline.time.AlreadyCalled;
import bowline.time.AlreadyCancelled;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The order of a turn, timed calls, and calls from other threads (sections 10, 11, 13).
@Timeout(60)
public abstract class TurnContract extends ReactorContract {
    private final List<String> seen = new ArrayList<>();

    /// LOP-1, LOP-2
    @Test
    void takesCallsFromThreadsBeforeTimedOnesAndNewOnesNextTurn() {
        run(() -> {
            reactor.callLater(Duration.ZERO, () -> {
                seen.add("timed 1");
                reactor.callLater(Duration.ZERO, () -> {
                    seen.add("timed in timed");
                    reactor.stop();
                });
                reactor.callFromThread(() -> seen.add("thread in timed"));
            });
            reactor.callLater(Duration.ZERO, () -> seen.add("timed 2"));
            reactor.callFromThread(() -> {
                seen.add("thread 1");
                reactor.callFromThread(() -> seen.add("thread in thread"));
            });
            reactor.callFromThread(() -> seen.add("thread 2"));
        });

        assertEquals(
                List.of(
                        "thread 1",
                        "thread 2",
                        "timed 1",
                        "timed 2",
                        "thread in thread",
                        "thread in timed",
                        "timed in timed"),
                seen);
    }

    /// LOP-6
    @Test
    void callsInOrderOfDueTimeThenOfCreation() {
        // Far enough apart that a slow machine, which reads its clock anew for each, makes no other order.
        reactor.callLater(Duration.ofMillis(120), () -> seen.add("3"));
        reactor.callLater(Duration.ofMillis(40), () -> seen.add("1"));
        reactor.callLater(Duration.ofMillis(80), () -> seen.add("2"));
        run(() -> reactor.callLater(Duration.ofMillis(160), reactor::stop));

        assertEquals(List.of("1", "2", "3"), seen);
    }

    /// COR-8: as an option, what is asked for in a context is done in it, whenever and wherever that is.
    @Test
    void carriesTheContextOfWhoAskedWhenToldTo() {
        run(() -> askInContext("Asker"));

        assertEquals(
                Set.of("timed: -", "from thread: -", "in thread: Asker", "result: -"), Set.copyOf(seen.subList(0, 4)));
        assertEquals(
                Set.of("timed: Asker", "from thread: Asker", "in thread: Asker", "result: Asker"),
                Set.copyOf(seen.subList(4, 8)));
    }

    /// Notes in which context each kind of call is made: a first round, then one that is told to carry it.
    private void askInContext(String system) throws Exception {
        LogContext.empty().with("system", system).call(() -> {
            reactor.callLater(Duration.ZERO, () -> note("timed"));
            reactor.callFromThread(() -> note("from thread"));
            reactor.deferToThread(() -> {
                        note("in thread");
                        return 1;
                    })
                    .onSuccess(_ -> note("result"));
            return 1;
        });
    }

    private synchronized void note(String what) {
        seen.add(what + ": " + LogContext.current().system());
        if (seen.size() == 4) {
            reactor.callFromThread(() -> {
                reactor.carryContext(true);
                askInContext("Asker");
            });
        } else if (seen.size() == 8) {
            reactor.callFromThread(reactor::stop);
        }
    }

    /// TIM-1, TIM-2
    @Test
    void callsNoSoonerThanAsked() {
        long start = reactor.nanos();
        run(() -> reactor.callLater(Duration.ofMillis(20), reactor::stop));

        assertTrue(reactor.nanos() - start >= Duration.ofMillis(20).toNanos());
        assertEquals(reactor.nanos() / 1e9, reactor.seconds(), 1.0);
        assertThrows(IllegalArgumentException.class, () -> reactor.callLater(Duration.ofNanos(-1), () -> {}));
    }

    /// TIM-3, TIM-4, TIM-7
    @Test
    void givesAHandleThatKnowsItsState() {
        var handle = new DelayedCall[1];
        DelayedCall cancelled = reactor.callLater(Duration.ofDays(1), () -> seen.add("cancelled"));
        handle[0] = reactor.callLater(Duration.ofDays(1), () -> {
            assertThrows(AlreadyCalled.class, handle[0]::cancel);
            assertFalse(handle[0].active());
            reactor.stop();
        });
        assertEquals(Set.of(cancelled, handle[0]), Set.copyOf(reactor.delayedCalls()));
        cancelled.cancel();
        handle[0].reset(Duration.ofMillis(2));
        handle[0].delay(Duration.ofMillis(-1));
        run();

        assertThrows(AlreadyCancelled.class, cancelled::cancel);
        assertThrows(AlreadyCancelled.class, () -> cancelled.delay(Duration.ZERO));
        assertThrows(AlreadyCalled.class, () -> handle[0].reset(Duration.ZERO));
        assertEquals(List.of(), seen);
    }

    /// THR-1, THR-10, REA-50
    @Test
    void runsCallsOfOtherThreadsInOrderOnItsOwn() {
        needsRealSystem("it calls from a thread of the system");
        int perThread = 2000;
        var last = new int[3];
        var done = new AtomicInteger();
        run(() -> {
            assertTrue(reactor.isInIoThread());
            for (int i = 0; i < 3; i++) {
                int caller = i;
                Thread.ofPlatform().start(() -> {
                    for (int n = 1; n <= perThread; n++) {
                        int number = n;
                        reactor.callFromThread(() -> {
                            assertTrue(reactor.isInIoThread());
                            assertEquals(number - 1, last[caller]);
                            last[caller] = number;
                            if (done.incrementAndGet() == 3 * perThread) {
                                reactor.stop();
                            }
                        });
                    }
                    assertFalse(reactor.isInIoThread());
                });
            }
        });

        assertEquals(3 * perThread, done.get());
    }

    /// THR-2: no lost wake-up, with a loop that goes to sleep between any two calls
    @Test
    void hearsEveryCallWhileItFallsAsleep() throws Exception {
        needsRealSystem("it calls from a thread of the system");
        int rounds = 2000;
        var ready = new CountDownLatch(1);
        var caller = Thread.ofPlatform().start(() -> {
            try {
                ready.await();
                for (int i = 0; i < rounds; i++) {
                    var answered = new CountDownLatch(1);
                    reactor.callFromThread(answered::countDown);
                    assertTrue(answered.await(10, TimeUnit.SECONDS), "call " + i + " was not heard");
                }
                reactor.execute(reactor::stop);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
        run(ready::countDown);
        caller.join();
    }

    /// THR-1
    @Test
    void keepsCallsFromBeforeItRuns() {
        reactor.callFromThread(reactor::stop);
        run();
    }

    /// THR-5
    @Test
    void letsAnotherThreadWaitForItsAnswer() throws Exception {
        needsRealSystem("it calls from a thread of the system");
        var answers = new ArrayList<Object>();
        Thread caller = Thread.ofPlatform().unstarted(() -> {
            try {
                answers.add(reactor.blockingCallFromThread(() -> {
                    var later = new Deferred<String>();
                    reactor.callLater(Duration.ofMillis(1), () -> later.callback("answer"));
                    return later;
                }));
                reactor.<String>blockingCallFromThread(() -> {
                    throw new Exception("refused");
                });
            } catch (Exception thrown) {
                answers.add(thrown.getMessage());
            }
            reactor.callFromThread(reactor::stop);
        });
        run(() -> {
            assertThrows(
                    IllegalStateException.class, () -> reactor.blockingCallFromThread(() -> Deferred.succeed("me")));
            caller.start();
        });
        caller.join();

        assertEquals(List.of("answer", "refused"), answers);
    }

    /// THR-5
    @Test
    void tellsThoseWhoWaitWhenItStops() throws Exception {
        needsRealSystem("it calls from a thread of the system");
        var told = new CompletableFuture<Throwable>();
        run(() -> Thread.ofPlatform().start(() -> {
            try {
                reactor.blockingCallFromThread(() -> {
                    reactor.stop();
                    return new Deferred<String>();
                });
            } catch (Exception thrown) {
                told.complete(thrown);
            }
        }));

        assertSame(ReactorNotRunning.class, told.get(10, TimeUnit.SECONDS).getClass());
        assertThrows(ReactorNotRunning.class, () -> reactor.blockingCallFromThread(() -> Deferred.succeed(1)));
    }

    /// THR-5, THR-9: also a thread of the pool, for which the shutdown waits
    @Test
    void letsNoPoolThreadWaitForIt() {
        needsRealSystem("the only thread there waits above the work that would wait");
        run(() -> reactor.callInThread(() -> {
            assertThrows(
                    ReactorNotRunning.class,
                    () -> reactor.blockingCallFromThread(() -> {
                        reactor.stop();
                        return new Deferred<String>();
                    }));
            seen.add("told");
        }));

        assertEquals(List.of("told"), seen);
    }

    /// THR-3, THR-9
    @Test
    void defersWorkToAThread() {
        needsRealSystem("its pool has no threads");
        var thread = new String[1];
        run(() -> reactor.deferToThread(() -> Thread.currentThread().getName()).onSuccess(name -> {
            thread[0] = name;
            assertTrue(reactor.isInIoThread());
            reactor.stop();
        }));

        assertEquals("PoolThread-bowline.reactor-0", thread[0]);
    }

    /// THR-6
    @Test
    void hasAPoolOfAtMostTenThreads() {
        assertEquals(0, reactor.threadPool().min());
        assertEquals(10, reactor.threadPool().max());
        reactor.suggestThreadPoolSize(3);
        assertEquals(3, reactor.threadPool().max());
    }

    /// REA-50: with debugging on, a wrong thread is told what to do
    @Test
    void refusesAWrongThreadWhenDebugging() throws Exception {
        needsRealSystem("it calls from a thread of the system");
        var said = new CompletableFuture<String>();
        Debug.enable(true);
        try {
            run(() -> Thread.ofPlatform().name("stranger").start(() -> {
                try {
                    reactor.callLater(Duration.ZERO, () -> {});
                    said.complete("nothing");
                } catch (IllegalStateException refused) {
                    said.complete(refused.getMessage());
                }
                reactor.callFromThread(reactor::stop);
            }));
        } finally {
            Debug.enable(false);
        }
        String text = said.get(10, TimeUnit.SECONDS);
        for (String part : List.of("Reactor.callLater", "\"stranger\"", "callFromThread")) {
            assertTrue(text.contains(part), text);
        }
    }

    /// TIM-8
    @Test
    void tellsWhereATimedCallWasMadeWhenDebugging() {
        Debug.enable(true);
        try {
            reactor.callLater(Duration.ZERO, () -> {
                throw new Exception("late");
            });
            run(() -> reactor.callLater(Duration.ZERO, reactor::stop));
        } finally {
            Debug.enable(false);
        }

        assertTrue(logged.stream().anyMatch(event -> event.text().contains("tellsWhereATimedCallWasMade")));
        assertEquals(List.of("late"), LifeContract.messages(takeCriticals()));
    }

    /// An interrupt ends no wait for good and makes nothing spin.
    @Test
    void shrugsOffAnInterrupt() {
        run(() -> {
            Thread.currentThread().interrupt();
            reactor.callLater(Duration.ofMillis(30), reactor::stop);
        });

        assertFalse(Thread.interrupted());
    }
}
