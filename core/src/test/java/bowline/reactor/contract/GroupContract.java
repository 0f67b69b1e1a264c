package bowline.reactor.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.failure.Debug;
import bowline.log.LogEvent;
import bowline.log.LogLevel;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.Factory;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.Reactor.Phase;
import bowline.reactor.ReactorAlreadyRunning;
import bowline.reactor.ReactorGroup;
import bowline.reactor.ReactorNotRestartable;
import bowline.reactor.ReactorNotRunning;
import bowline.reactor.ReactorProvider;
import bowline.reactor.SharedPort;
import bowline.reactor.SharingOptions;
import bowline.time.Action;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many reactors in one process (LIS-10, and sections 9, 12 and 13 for all of them), with debugging on: whoever touches
/// another thread's Deferred is refused (DEF-27).
@Timeout(60)
public abstract class GroupContract {
    private static final int SIZE = 4;
    private static final ListenOptions LOOPBACK =
            ListenOptions.DEFAULT.on("127.0.0.1").backlog(2048);

    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final List<LogEvent> logged = new CopyOnWriteArrayList<>();
    private final LogObserver recorder = logged::add;
    private ReactorGroup group;
    private List<Reactor> reactors;

    /// The backend under test.
    protected abstract ReactorProvider provider();

    /// How its reactors are to share ports.
    protected abstract SharingOptions sharing();

    @BeforeEach
    final void begin() {
        group = ReactorGroup.create(provider(), SIZE);
        reactors = group.reactors();
        LogPublisher.global().add(recorder);
        Debug.enable(true);
    }

    @AfterEach
    final void end() {
        Debug.enable(false);
        LogPublisher.global().remove(recorder);
        assertThat(logged)
                .filteredOn(event -> event.level() == LogLevel.CRITICAL)
                .isEmpty();
    }

    /// Leaves the test out on a simulated machine, for a reason that the report shows.
    private void needsRealSystem(String why) {
        assumeFalse(provider().name().equals("simulated"), "not on a simulated machine: " + why);
    }

    private void run(Action start) {
        group.first().callWhenRunning(start);
        group.run(false);
    }

    // Life

    @Test
    @DisplayName("REA-2: each reactor runs on a thread of its own, the first on the caller's")
    void everyReactorHasAThread() {
        needsRealSystem("its reactors have one thread for all");
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(SIZE);
        for (Reactor reactor : reactors) {
            reactor.callWhenRunning(() -> {
                threads.add(Thread.currentThread());
                assertEquals(reactor, group.current());
                all.countDown();
            });
        }
        run(() -> group.first().deferToThread(() -> {
            all.await();
            group.stop(); // from a thread that is no reactor's
            return "";
        }));

        assertThat(threads).hasSize(SIZE).contains(Thread.currentThread());
        assertThat(threads.stream().map(Thread::getName))
                .contains("bowline-reactor-2", "bowline-reactor-3", "bowline-reactor-4");
        assertThat(threads).filteredOn(Thread::isAlive).containsExactly(Thread.currentThread());
    }

    @Test
    @DisplayName("REA-4: stop needs a running group; asking again changes nothing; REA-3: it runs once")
    void runsOnce() {
        assertThrows(ReactorNotRunning.class, group::stop);
        run(() -> {
            assertThrows(ReactorAlreadyRunning.class, group::run);
            group.stop();
            group.stop();
        });
        assertThrows(ReactorNotRunning.class, group::stop);
        assertThrows(ReactorNotRestartable.class, group::run);
    }

    @Test
    @DisplayName("EVT-6: before shutdown of the first, then the others whole, then during and after of the first")
    void shutsDownInOrder() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        for (Phase phase : Phase.values()) {
            reactors.get(0).addSystemEventTrigger(phase, "shutdown", () -> order.add("first " + phase));
            reactors.get(2).addSystemEventTrigger(phase, "shutdown", () -> order.add("other " + phase));
        }
        run(() -> reactors.get(2).callFromThread(group::stop));

        assertThat(order)
                .containsExactly(
                        "first BEFORE", "other BEFORE", "other DURING", "other AFTER", "first DURING", "first AFTER");
    }

    @Test
    @DisplayName("EVT-2: a reactor whose before triggers take their time is waited for, and can still be called")
    void waitsForTheSlowest() {
        Reactor slow = reactors.get(3);
        slow.addSystemEventTriggerDeferring("shutdown", () -> {
            var done = new Deferred<String>();
            slow.callLater(Duration.ofMillis(50), () -> done.callback("drained"));
            return done.onSuccess(seen::add);
        });
        group.first()
                .addSystemEventTriggerDeferring(
                        "shutdown",
                        () -> group.callOn(slow, () -> Deferred.succeed("called"))
                                .onSuccess(seen::add));
        run(group::stop);

        assertThat(seen).containsExactly("called", "drained");
    }

    @Test
    @DisplayName("the end of any reactor is the end of all")
    void oneEndsAll() {
        run(() -> reactors.get(1).callFromThread(reactors.get(1)::stop));

        assertThat(reactors).noneMatch(Reactor::running);
    }

    @Test
    @DisplayName("a reactor that crashes takes the group along; so does the first")
    void aCrashEndsAll() {
        run(() -> reactors.get(1).callFromThread(reactors.get(1)::crash));
        assertThat(reactors).noneMatch(Reactor::running);
    }

    @Test
    @DisplayName("the first's crash leaves nobody behind")
    void theFirstCrashes() {
        needsRealSystem("the others end later, in time that nobody lets pass");
        run(group.first()::crash);
        assertThat(reactors).noneMatch(Reactor::running);
    }

    @Test
    @DisplayName("FAI-13: the failure of one thread is logged, ends the group and is thrown by run")
    void aFailedThreadEndsAll() {
        needsRealSystem("a failure of the JVM passes through the one thread of all");
        var thrown = assertThrows(
                IllegalStateException.class,
                () -> run(() -> reactors.get(2).callFromThread(() -> {
                    throw new InternalError("torn page");
                })));

        assertThat(thrown).hasMessageContaining("torn page").hasCauseInstanceOf(InternalError.class);
        assertThat(logged)
                .filteredOn(event -> event.level() == LogLevel.ERROR)
                .extracting(LogEvent::text)
                .singleElement()
                .asString()
                .startsWith("bowline-reactor-3 failed, and with it ends the group");
    }

    @Test
    void hasAtLeastOneReactor() {
        assertThrows(IllegalArgumentException.class, () -> ReactorGroup.create(provider(), 0));
        ReactorGroup alone = ReactorGroup.create(provider(), 1);
        alone.first().callWhenRunning(alone::stop);
        alone.run(false);
        assertThat(alone.reactors()).hasSize(1).noneMatch(Reactor::running);
    }

    // Calls between reactors

    @Test
    @DisplayName("callOn: runs there, answers here, value or failure")
    void callsAnswerOnTheCallersThread() {
        Reactor other = reactors.get(1);
        run(() -> {
            Thread here = Thread.currentThread();
            group.callOn(other, () -> {
                        assertTrue(other.isInIoThread());
                        var later = new Deferred<String>();
                        other.callLater(Duration.ofMillis(5), () -> later.callback("value"));
                        return later;
                    })
                    .onSuccess(value -> seen.add(value + " " + (Thread.currentThread() == here)))
                    .addCallbackDeferring(_ -> group.<String>callOn(other, () -> {
                        throw new IllegalStateException("no poem");
                    }))
                    .addErrback(failure -> failure.message() + " " + (Thread.currentThread() == here))
                    .onSuccess(seen::add)
                    .addCallbackDeferring(_ -> group.callOn(group.first(), () -> Deferred.succeed("self")))
                    .onSuccess(seen::add)
                    .onBoth(group::stop);
        });

        assertThat(seen).containsExactly("value true", "no poem true", "self");
    }

    @Test
    @DisplayName("CAN-1: cancelling the answer cancels the work, and what comes late is dropped")
    void cancellingTravels() {
        needsRealSystem("who blocks there stops all reactors");
        Reactor other = reactors.get(1);
        run(() -> {
            var begun = new CountDownLatch(1);
            Deferred<String> answer = group.callOn(other, () -> {
                begun.countDown();
                return new Deferred<String>(_ -> {
                    seen.add("work cancelled " + other.isInIoThread());
                    other.callFromThread(group::stop);
                });
            });
            answer.addErrback(failure -> {
                seen.add(failure.type());
                return "";
            });
            begun.await();
            answer.cancel();
        });

        assertThat(seen).containsExactlyInAnyOrder(CancelledError.class, "work cancelled true");
    }

    @Test
    @DisplayName("CAN-1: what is cancelled before it has begun does not begin")
    void cancelledBeforeItBegan() {
        needsRealSystem("who blocks there stops all reactors");
        Reactor other = reactors.get(1);
        run(() -> {
            var blocked = new CountDownLatch(1);
            other.callFromThread(blocked::await);
            group.<String>callOn(other, () -> {
                        seen.add("begun");
                        return Deferred.succeed("");
                    })
                    .addErrback(failure -> failure.message())
                    .onSuccess(seen::add)
                    .cancel();
            group.callOn(other, () -> Deferred.succeed("next"))
                    .onSuccess(seen::add)
                    .onBoth(group::stop);
            blocked.countDown();
        });

        assertThat(seen).containsExactly("the operation was cancelled", "next");
    }

    @Test
    @DisplayName(
            "THR-5: a call to a reactor that ends without an answer fails; so does one to a reactor that has ended")
    void callsToTheEnded() {
        Reactor other = reactors.get(1);
        Reactor first = group.first();
        first.addSystemEventTriggerDeferring("shutdown", () -> {
            var late = new Deferred<String>();
            awaitEnd(
                    other,
                    () -> group.<String>callOn(other, () -> Deferred.succeed("answered"))
                            .addErrback(failure -> "late: " + failure.type().getSimpleName())
                            .onSuccess(late::callback));
            return late.onSuccess(seen::add);
        });
        run(() -> {
            group.<String>callOn(other, Deferred::new)
                    .addErrback(failure -> failure.type().getSimpleName())
                    .onSuccess(seen::add);
            other.callFromThread(other::stop);
        });

        assertThat(seen).containsExactly("ReactorNotRunning", "late: ReactorNotRunning");
    }

    private void awaitEnd(Reactor other, Action then) {
        if (other.running()) {
            group.first().callLater(Duration.ofMillis(1), () -> awaitEnd(other, then));
        } else {
            group.first().callLater(Duration.ofMillis(20), then);
        }
    }

    @Test
    void callsNeedAReactorOfTheGroup() {
        assertThrows(IllegalStateException.class, () -> group.callOn(group.first(), () -> Deferred.succeed("")));
        Reactor foreign = provider().create();
        run(() -> {
            assertThrows(IllegalArgumentException.class, () -> group.callOn(foreign, () -> Deferred.succeed("")));
            group.stop();
        });
    }

    @Test
    @DisplayName("callOn in storms: every call is answered once, on the caller's thread")
    void storms() {
        long seed = new Random().nextLong();
        int calls = 5000;
        var answered = new AtomicInteger();
        var wrong = new AtomicInteger();
        for (Reactor reactor : reactors) {
            var random = new Random(seed + reactors.indexOf(reactor));
            reactor.callWhenRunning(() -> {
                for (int i = 0; i < calls; i++) {
                    int number = i;
                    Reactor target = reactors.get(random.nextInt(SIZE));
                    group.callOn(target, () -> Deferred.succeed(number)).onSuccess(answer -> {
                        if (answer != number || !reactor.isInIoThread()) {
                            wrong.incrementAndGet();
                        }
                        if (answered.incrementAndGet() == SIZE * calls) {
                            group.stop();
                        }
                    });
                }
            });
        }
        group.run(false);

        assertEquals(SIZE * calls, answered.get(), "seed " + seed);
        assertEquals(0, wrong.get(), "seed " + seed);
    }

    // Ports

    private SharedPort listen(Visits visits) {
        SharedPort port = group.share(0, LOOPBACK, sharing());
        reactors.forEach(reactor -> port.listen(reactor, visits.factory(reactor)));
        return port;
    }

    @Test
    @DisplayName(
            "LIS-10: a thousand short connections for each of four reactors, each on one thread from first to last")
    void manyShortConnections() throws Exception {
        needsRealSystem("its guests bring sockets of the system");
        var visits = new Visits();
        SharedPort port = listen(visits);
        int number = SIZE * 1000;
        try (var guests = new Guests(port.host(), 8)) {
            var counts = new AtomicReference<Guests.Counts>();
            run(() -> group.first().callInThread(() -> {
                counts.set(guests.visit(number));
                group.stop();
            }));
            assertEquals(new Guests.Counts(number, 0), counts.get());
        }
        assertEquals(number, visits.begun());
        assertEquals(number, visits.ended());
        assertEquals(0, visits.strayed());
        assertThat(visits.byReactor()).hasSize(SIZE);
    }

    @Test
    @DisplayName("LIS-10: a reactor whose port stops listening loses none of the connections that were meant for it")
    void stopsWhileHandingOver() throws Exception {
        needsRealSystem("its guests bring sockets of the system");
        var visits = new Visits();
        SharedPort port = group.share(0, LOOPBACK, sharing());
        var parts = new ArrayList<ListeningPort>();
        reactors.forEach(reactor -> parts.add(port.listen(reactor, visits.factory(reactor))));
        int number = 3000;
        try (var guests = new Guests(port.host(), 8)) {
            var counts = new AtomicReference<Guests.Counts>();
            run(() -> {
                comeAndGo(reactors.get(2), parts.get(2));
                comeAndGo(reactors.get(3), parts.get(3));
                group.first().callInThread(() -> {
                    counts.set(guests.visit(number));
                    group.stop();
                });
            });
            assertEquals(number, counts.get().served() + counts.get().lost());
            judgeLosses(counts.get());
        }
        assertEquals(visits.begun(), visits.ended());
        assertEquals(0, visits.strayed());
    }

    /// Whether so many may be lost when a reactor leaves.
    protected void judgeLosses(Guests.Counts counts) {
        assertEquals(0, counts.lost());
    }

    /// Stops listening and listens again, over and over.
    private void comeAndGo(Reactor reactor, ListeningPort part) {
        reactor.callFromThread(() -> part.stopListening()
                .onSuccess(_ -> reactor.callLater(Duration.ofMillis(1), () -> {
                    if (reactor.running()) {
                        part.startListening();
                        reactor.callLater(Duration.ofMillis(1), () -> comeAndGo(reactor, part));
                    }
                })));
    }

    @Test
    @DisplayName("REA-9, LIS-4: the ports close with the group, each telling its factory")
    void portsCloseWithTheGroup() {
        var visits = new Visits();
        SharedPort port = listen(visits);
        run(group::stop);

        assertEquals(SIZE, visits.factoriesStopped());
        assertNotNull(port.host());
        assertThat(logged).filteredOn(event -> event.text().endsWith("Closed)")).hasSize(SIZE);
    }

    @Test
    @DisplayName("LIS-10: whoever waits at the door when the group ends still gets in")
    void takesInThoseWhoWaitBeforeItEnds() throws Exception {
        needsRealSystem("its guests bring sockets of the system");
        var visits = new Visits();
        SharedPort port = listen(visits);
        int number = 500;
        var door = new InetSocketAddress("127.0.0.1", ((Address.IPv4) port.host()).port());
        var guests = new ArrayList<SocketChannel>();
        run(() -> {
            for (int i = 0; i < number; i++) {
                guests.add(SocketChannel.open(door));
            }
            group.stop();
        });
        for (SocketChannel guest : guests) {
            guest.close();
        }

        assertEquals(number, visits.begun());
        assertEquals(number, visits.ended());
    }

    @Test
    @DisplayName("LIS-1: a port that somebody has cannot be taken, however it is to be shared")
    void aPortInUse() throws Exception {
        needsRealSystem("the port is taken by a socket of the system");
        try (var taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            SharedPort port = group.share(taken.getLocalPort(), LOOPBACK, sharing());
            assertThrows(
                    CannotListenError.class, () -> port.listen(group.first(), new Visits().factory(group.first())));
        }
        SharedPort port = group.share(0, LOOPBACK, sharing());
        ListeningPort part = port.listen(group.first(), new Visits().factory(group.first()));
        ReactorGroup second = ReactorGroup.create(provider(), 1);
        SharedPort again = second.share(part.port(), LOOPBACK, sharing());
        assertThrows(
                CannotListenError.class,
                () -> again.listen(second.first(), new Visits().factory(second.first())),
                "a program started twice should hear of it");
        part.stopListening();
    }

    @Test
    @DisplayName("listenTcp gives each reactor a factory of its own")
    void listenTcp() throws Exception {
        needsRealSystem("its guests bring sockets of the system");
        var visits = new Visits();
        SharedPort port = group.listenTcp(0, visits::factory, LOOPBACK);
        try (var guests = new Guests(port.host(), 4)) {
            run(() -> {
                assertThrows(
                        IllegalStateException.class,
                        () -> group.listenTcp(0, reactor -> Factory.of(Talker::new), LOOPBACK));
                group.first().callInThread(() -> {
                    assertEquals(new Guests.Counts(100, 0), guests.visit(100));
                    group.stop();
                });
            });
        }
        assertEquals(100, visits.ended());
    }
}
