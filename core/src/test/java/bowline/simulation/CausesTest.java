package bowline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.defer.UnhandledError;
import bowline.failure.Debug;
import bowline.log.CapturedLogs;
import bowline.log.LogEvent;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ConnectOptions;
import bowline.reactor.Reactor;
import bowline.task.Later;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// With debugging on, an error tells what led to it across turns and threads (TIM-8, UNH-4; issue 4, section 4).
class CausesTest {
    private final CapturedLogs logs = CapturedLogs.open();

    @BeforeEach
    void debug() {
        Debug.enable(true);
    }

    @AfterEach
    void noMore() {
        Debug.enable(false);
        logs.close();
    }

    /// What is logged of the errors of a server that is asked once.
    private List<LogEvent> errorsOf(Service service) {
        try (var world = Simulation.of(1);
                var seen = CapturedLogs.open()) {
            var server = world.host("server");
            server.start(reactor -> reactor.listenTcp(7, Factory.of(() -> new Protocol() {
                @Override
                public void dataReceived(ByteBuffer unread) {
                    unread.position(unread.limit());
                    service.asked(reactor);
                }
            })));
            world.host("client").start(reactor -> Talk.ask(reactor, "server", 7, new byte[] {1}));
            world.runFor(Duration.ofMinutes(10));
            UnhandledError.reportAll();
            return seen.events().stream()
                    .filter(event -> event.failure() != null)
                    .toList();
        }
    }

    private interface Service {
        void asked(Reactor reactor);
    }

    private static void fail() {
        throw new IllegalStateException("no such poem");
    }

    private static void later(Reactor reactor) {
        reactor.callLater(Duration.ofSeconds(2), CausesTest::fail);
    }

    @Test
    @DisplayName("TIM-8: where the call was made, in which turn, and for which connection")
    void aTimedCallLeadsBackToItsConnection() {
        LogEvent error = errorsOf(CausesTest::later).getFirst();

        List<String> causes = error.context().causes();
        assertThat(causes).hasSize(2);
        assertThat(causes.getFirst())
                .matches("timed call \\d+, in turn \\d+ of reactor \\d+"
                        + " at bowline.simulation.CausesTest.later\\(CausesTest.java:\\d+\\), .*");
        assertThat(causes.getLast()).matches("connection 1 \\(.*,0,[\\d.]+\\), in turn \\d+ of reactor \\d+");
        assertThat(error.body())
                .contains(
                        "no such poem", "What led to this, the latest first:\n\t\ttimed call ", "\n\t\tconnection 1 (");
        assertThat(error.get("log_causes")).isEqualTo(causes);
        assertThat((Long) error.get("log_turn")).isPositive();
    }

    @Test
    @DisplayName("through the pool and back, a Deferred, a coroutine and a timed call")
    void aLongWayLeadsBackToItsConnection() {
        LogEvent error = errorsOf(reactor -> reactor.async(() -> {
                    String poem = reactor.deferToThread(() -> "Ice").await();
                    var printed = new Deferred<String>();
                    printed.addCallback(text -> {
                        later(reactor);
                        return text;
                    });
                    reactor.callInThread(() -> reactor.callFromThread(() -> printed.callback(poem)));
                    return poem;
                }))
                .getFirst();

        List<String> causes = error.context().causes();
        assertThat(causes)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("timed call ").contains("CausesTest.later("),
                        line -> assertThat(line)
                                .matches(
                                        "firing of Deferred \\d+ \\(made in turn \\d+ of reactor \\d+ at .*CausesTest.*\\),"
                                                + " in turn \\d+ of reactor \\d+ at .*CausesTest.*"),
                        line -> assertThat(line)
                                .startsWith("call from a thread, ")
                                .contains("CausesTest"),
                        line -> assertThat(line)
                                .startsWith("work for the thread pool, in turn ")
                                .contains("CausesTest"),
                        line -> assertThat(line)
                                .startsWith("coroutine 1, in turn ")
                                .contains("CausesTest"),
                        line -> assertThat(line).startsWith("connection 1 ("));
    }

    @Test
    @DisplayName("UNH-4: so does a failure that nobody handles, whoever reports it")
    void anUnhandledFailureLeadsBackToItsConnection() {
        LogEvent error = errorsOf(reactor -> {
                    var poem = new Deferred<String>();
                    reactor.callLater(Duration.ofSeconds(1), () -> poem.errback(new IllegalStateException("lost")));
                })
                .getLast();

        assertThat(error.context().causes())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("firing of Deferred "),
                        line -> assertThat(line).startsWith("timed call "),
                        line -> assertThat(line).startsWith("connection 1 ("));
    }

    @Test
    @DisplayName("a connection that was made for another leads back to it")
    void aClientConnectionLeadsBackToWhatItWasMadeFor() {
        LogEvent error = errorsOf(reactor -> {
                    reactor.listenTcp(8, Factory.of(Talk.Echo::new));
                    Later.deferLater(reactor, Duration.ofSeconds(1), () -> askAndFail(reactor));
                })
                .getFirst();

        assertThat(error.context().causes())
                .satisfiesExactly(
                        line -> assertThat(line).matches("connection \\d+ \\(.*,client\\), in turn .*"),
                        line -> assertThat(line)
                                .startsWith("connecting, in turn ")
                                .contains("CausesTest.askAndFail("),
                        line -> assertThat(line).startsWith("firing of Deferred "),
                        line -> assertThat(line).startsWith("timed call "),
                        line -> assertThat(line).startsWith("connection 1 ("));
    }

    private static @Nullable Object askAndFail(Reactor reactor) {
        reactor.connectTcp(
                "server",
                8,
                new ClientFactory<>() {
                    @Override
                    public Protocol buildProtocol(Address peer) {
                        return new Protocol() {
                            @Override
                            public void connectionMade() {
                                transport().write(new byte[] {1});
                            }

                            @Override
                            public void dataReceived(ByteBuffer unread) {
                                fail();
                            }
                        };
                    }
                },
                ConnectOptions.DEFAULT);
        return null;
    }

    private static void again(Reactor reactor, int left) {
        reactor.callLater(Duration.ofSeconds(1), () -> {
            if (left == 0) {
                fail();
            }
            again(reactor, left - 1);
        });
    }

    @Test
    @DisplayName("what calls itself again and again is one step, and counted")
    void aLoopIsOneStep() {
        LogEvent error = errorsOf(reactor -> again(reactor, 100)).getFirst();

        assertThat(error.context().causes()).hasSize(3).first().asString().endsWith("(the last of 100 in a row)");
    }

    private static void oneWay(Reactor reactor, int left) {
        reactor.callLater(Duration.ofSeconds(1), () -> otherWay(reactor, left));
    }

    private static void otherWay(Reactor reactor, int left) {
        if (left == 0) {
            fail();
        }
        reactor.callLater(Duration.ofSeconds(1), () -> oneWay(reactor, left - 1));
    }

    @Test
    @DisplayName("Causes.STEPS_MAX: the last 16 steps are kept, and the others counted")
    void aLongChainIsCut() {
        LogEvent error = errorsOf(reactor -> oneWay(reactor, 50)).getFirst();

        assertThat(error.context().causes()).hasSize(17).last().isEqualTo("and 86 steps before that");
    }

    @Test
    void withoutDebuggingThereIsNothingOfIt() {
        Debug.enable(false);

        LogEvent error = errorsOf(CausesTest::later).getFirst();

        assertThat(error.context().causes()).isEmpty();
        assertThat(error.has("log_causes")).isFalse();
        assertThat(error.body()).doesNotContain("What led to this");
    }
}
