package bowline.reactor.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.Deferred;
import bowline.endpoint.TcpClientEndpoint;
import bowline.failure.Debug;
import bowline.failure.Failure;
import bowline.process.ProcessProtocol;
import bowline.process.ProcessTransport;
import bowline.process.Processes;
import bowline.process.Spawn;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.protocol.PushProducer;
import bowline.reactor.DatagramOptions;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.watch.ReactorContents.Connection;
import bowline.reactor.watch.ReactorContents.ConnectionState;
import bowline.reactor.watch.ReactorDescription.State;
import bowline.service.Application;
import bowline.service.ServerService;
import bowline.simulation.Simulation;
import bowline.time.Action;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What a reactor says that it has open and waits for (issue 4, section 4).
class DescribeTest {
    private static final ListenOptions HERE = ListenOptions.DEFAULT.on("127.0.0.1");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int PIECE = 1 << 13;

    /// It hears the other side and says nothing, until it is told to.
    private static class Quiet extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            unread.position(Math.min(unread.limit(), unread.position() + 3));
        }
    }

    private static final class HalfQuiet extends Quiet implements HalfCloseable {
        @Override
        public void readConnectionLost() {}

        @Override
        public void writeConnectionLost() {}
    }

    /// Writes as fast as it may.
    private static final class Source implements PushProducer {
        private final Protocol writer;
        private boolean paused;

        Source(Protocol writer) {
            this.writer = writer;
        }

        @Override
        public void pauseProducing() {
            paused = true;
        }

        @Override
        public void resumeProducing() {
            paused = false;
            while (!paused) {
                writer.transport().write(new byte[PIECE]);
            }
        }

        @Override
        public void stopProducing() {}
    }

    private static ReactorContents contents(ReactorDescription description) {
        return Objects.requireNonNull(description.contents());
    }

    /// On a real reactor, which runs in a thread of its own.
    @Nested
    class Real {
        private final Reactor reactor = Reactor.create();
        private final Thread thread = Thread.ofPlatform().name("described").unstarted(() -> reactor.run(false));

        @BeforeEach
        void run() {
            thread.start();
        }

        @AfterEach
        void stop() throws InterruptedException {
            if (thread.isAlive()) {
                reactor.callFromThread(reactor::stop);
                thread.join();
            }
        }

        private <T extends @Nullable Object> T on(Callable<T> step) throws Exception {
            return reactor.blockingCallFromThread(() -> Deferred.succeed(step.call()));
        }

        private void does(Action step) throws Exception {
            on(() -> {
                step.run();
                return "done";
            });
        }

        @Test
        void namesPortsConnectionsAndWhatWaits() throws Exception {
            var accepted = new Deferred<Protocol>();
            ListeningPort port = on(() -> reactor.listenTcp(
                    0,
                    Factory.of(() -> new Quiet() {
                        @Override
                        public void connectionMade() {
                            transport().pauseProducing();
                            accepted.callback(this);
                        }
                    }),
                    HERE));
            Protocol client = reactor.blockingCallFromThread(
                    () -> new TcpClientEndpoint(reactor, "127.0.0.1", port.port()).connect(Factory.of(Quiet::new)));
            reactor.blockingCallFromThread(() -> accepted);
            does(() -> {
                var source = new Source(client);
                client.transport().registerProducer(source);
                source.resumeProducing();
            });

            ReactorDescription description = reactor.describe();
            while (!contents(description).connections().shown().getFirst().blocked()) {
                description = reactor.describe(); // the system's buffers are being filled
            }

            assertEquals(State.RUNNING, description.state());
            assertEquals("described", description.thread());
            ReactorContents contents = contents(description);
            assertEquals(
                    port.host().toString(), contents.ports().shown().getFirst().host());
            assertEquals(1, contents.ports().shown().getFirst().accepted());
            Connection first = contents.connections().shown().getFirst();
            assertEquals(2, contents.connections().all());
            assertTrue(first.client(), "what waits to be sent comes first");
            assertEquals(port.host().toString(), first.peer());
            assertEquals(ConnectionState.READING, first.state());
            assertThat(first.unsent()).isPositive();
            assertTrue(first.producerPaused());
            assertEquals(Source.class.getName(), first.producer());
            assertEquals(
                    ConnectionState.PAUSED,
                    contents.connections().shown().getLast().state());
            assertThat(description.toString())
                    .contains("connections open (1 reading, 1 paused): 2")
                    .contains(" wait to be sent, the peer does not read")
                    .contains("producer " + Source.class.getName() + " paused")
                    .contains("ports: 1\n    " + port.host());
        }

        @Test
        void showsTheThreadOfAReactorThatIsStuck() throws Exception {
            var goOn = new CountDownLatch(1);
            var inside = new CountDownLatch(1);
            reactor.callFromThread(() -> {
                inside.countDown();
                lastTooLong(goOn);
            });
            inside.await();

            ReactorDescription stuck = reactor.watch().describe(Duration.ofMillis(50));
            goOn.countDown();

            assertEquals(State.STUCK, stuck.state());
            assertNull(stuck.contents());
            assertThat(stuck.stack()).anyMatch(frame -> frame.contains("DescribeTest.lastTooLong"));
            assertThat(stuck.toString()).contains("stuck on thread described").contains("DescribeTest.lastTooLong");
            assertEquals(State.RUNNING, reactor.watch().describe(LONG).state(), "it has come back");
        }

        @Test
        void showsTheCoroutineThatAReactorIsStuckIn() throws Exception {
            var spin = new Spin();
            var inside = new CountDownLatch(1);
            reactor.callFromThread(() -> reactor.async(() -> {
                inside.countDown();
                spin.run();
            }));
            inside.await();

            ReactorDescription stuck = reactor.watch().describe(Duration.ofMillis(50));
            spin.over = true;

            assertEquals(State.STUCK, stuck.state());
            assertThat(stuck.stack()).anyMatch(frame -> frame.contains("DescribeTest$Spin.run"));
        }

        @Test
        void tellsWhereCoroutinesWait() throws Exception {
            var never = new Deferred<String>();
            does(() -> reactor.async(() -> waitHere(never)));

            ReactorContents contents = contents(reactor.describe());

            assertEquals(1, contents.coroutines().all());
            ReactorContents.Coroutine coroutine = contents.coroutines().shown().getFirst();
            assertThat(coroutine.what()).contains("awaiting Deferred");
            assertThat(coroutine.at().getFirst()).contains("DescribeTest.waitHere");
        }

        @Test
        void countsThreadsAndWorkOfThePool() throws Exception {
            var goOn = new CountDownLatch(1);
            var working = new CountDownLatch(1);
            does(() -> {
                reactor.suggestThreadPoolSize(1);
                for (int i = 0; i < 3; i++) {
                    reactor.callInThread(() -> {
                        working.countDown();
                        goOn.await();
                    });
                }
            });
            working.await();

            ReactorContents.Pool pool = contents(reactor.describe()).pool();
            goOn.countDown();

            assertEquals(new ReactorContents.Pool(1, 1, 1, 2), pool);
        }

        @Test
        void namesWhatItsPeopleAdd() throws Exception {
            var app = new Application("here");
            ServerService server = ServerService.of(reactor, "tcp:0:interface=127.0.0.1", Factory.of(Quiet::new));
            server.name("quiet");
            app.add(server);
            does(() -> app.startOn(reactor));
            does(() -> reactor.addToDescription("omens", () -> List.of("a \u001b[2J bell")));
            does(() -> reactor.addToDescription("broken", () -> {
                throw new IllegalStateException("as planned");
            }));

            String text = reactor.describe().toString();

            assertThat(text)
                    .contains("  services: 1\n    quiet: ServerService, running, listening at " + server.host())
                    .contains("a ?[2J bell")
                    .contains("cannot be told: java.lang.IllegalStateException: as planned")
                    .contains("shutdown, before: lambda in bowline.service.Application");
        }

        @Test
        @DisabledOnOs(OS.WINDOWS)
        void namesChildProcessesWhileTheyRun() throws Exception {
            var ended = new Deferred<String>();
            ProcessTransport cat = on(() -> Processes.spawn(
                    reactor,
                    new ProcessProtocol() {
                        @Override
                        public void processEnded(Failure reason) {
                            ended.callback("ended");
                        }
                    },
                    Spawn.command("cat")));

            assertThat(contents(reactor.describe()).parts().get("processes").shown())
                    .singleElement()
                    .asString()
                    .startsWith("process " + cat.pid() + " for ")
                    .endsWith(", 3 pipes open");

            does(cat::loseConnection);
            reactor.blockingCallFromThread(() -> ended);
            assertThat(contents(reactor.describe()).parts()).doesNotContainKey("processes");
        }

        @Test
        void isOverWhenTheReactorIs() throws Exception {
            reactor.callFromThread(reactor::stop);
            thread.join();

            ReactorDescription description = reactor.describe();

            assertEquals(State.ENDED, description.state());
            assertNull(description.contents());
            assertThat(description.toString()).startsWith("reactor " + description.reactor() + ": ended on no thread");
        }
    }

    private static String waitHere(Deferred<String> never) throws Exception {
        return never.await();
    }

    private static void lastTooLong(CountDownLatch goOn) throws InterruptedException {
        goOn.await();
    }

    private static final class Spin {
        volatile boolean over;

        void run() {
            while (!over) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void saysThatItDoesNotRun() {
        Reactor reactor = Reactor.create();
        reactor.callLater(Duration.ofMinutes(5), () -> {});

        ReactorDescription description = reactor.describe();

        assertEquals(State.NOT_RUNNING, description.state());
        assertEquals(1, contents(description).timers().all());
    }

    @Test
    void aSimulatedReactorDescribesItself() {
        try (var world = Simulation.of(1)) {
            var server = world.host("server");
            var client = world.host("client");
            ListeningPort port = server.start(reactor -> {
                for (int i = 0; i < 150; i++) {
                    reactor.callLater(Duration.ofHours(1).plusSeconds(i), DescribeTest::nothing);
                }
                reactor.listenUdp(53, new DatagramProtocol() {}, DatagramOptions.DEFAULT);
                return reactor.listenTcp(7, Factory.of(HalfQuiet::new));
            });
            Reactor there = server.reactor();
            var made = client.start(
                    reactor -> new TcpClientEndpoint(reactor, "server", 7).connect(Factory.of(HalfQuiet::new)));
            Protocol protocol =
                    (Protocol) world.runUntil(made, Duration.ofMinutes(1)).result();
            client.call(() -> {
                protocol.transport().write(new byte[7]);
                protocol.transport().loseWriteConnection();
                return protocol;
            });
            world.runFor(Duration.ofMinutes(2));

            ReactorDescription description = there.describe();

            assertEquals(State.RUNNING, description.state());
            ReactorContents contents = contents(description);
            assertEquals(
                    port.host().toString(), contents.ports().shown().getFirst().host());
            assertEquals(1, contents.datagramPorts().all());
            Connection connection = contents.connections().shown().getFirst();
            assertEquals(ConnectionState.PEER_ENDED, connection.state());
            assertEquals(7, connection.received());
            assertThat(connection.age()).isBetween(Duration.ofSeconds(118), Duration.ofSeconds(120));
            assertEquals(150, contents.timers().all());
            assertEquals(ReactorContents.SHOWN_MAX, contents.timers().shown().size());
            assertThat(contents.timers().shown().getFirst().dueIn())
                    .isBetween(Duration.ofMinutes(57), Duration.ofMinutes(58));
            assertThat(description.toString())
                    .contains("and 50 more")
                    .contains("in 57 min")
                    .contains("lambda in " + DescribeTest.class.getName())
                    .contains("run with -Dbowline.debug");
            assertThat(description.json())
                    .startsWith("{\"reactor\": " + description.reactor() + ", ")
                    .contains("\"state\": \"running\"")
                    .contains("\"state\": \"peer-ended\"")
                    .contains("\"timers\": {\"shown\": [{\"number\": 1, \"dueIn\": ");
        }
    }

    private static void nothing() {}

    @Nested
    class WithDebugging {
        private final boolean before = Debug.enabled();

        @BeforeEach
        void on() {
            Debug.enable(true);
        }

        @AfterEach
        void off() {
            Debug.enable(before);
        }

        @Test
        void tellsWhoMadeDeferredsAndTimers() {
            try (var world = Simulation.of(1)) {
                var host = world.host("host");
                List<Deferred<String>> made = host.start(reactor -> {
                    reactor.callLater(Duration.ofHours(1), DescribeTest::nothing);
                    return List.of(makeOne(), makeOne());
                });
                host.call(() -> {
                    made.getFirst().callback("fired");
                    return made;
                });

                ReactorContents contents = contents(host.call(host.reactor()::describe));

                assertThat(contents.deferreds().shown())
                        .filteredOn(pending -> pending.creator().getFirst().contains("WithDebugging.makeOne"))
                        .hasSize(1);
                assertThat(contents.timers().shown().getFirst().creator().getFirst())
                        .contains(DescribeTest.class.getName());
            }
        }

        private static Deferred<String> makeOne() {
            return new Deferred<>();
        }
    }
}
