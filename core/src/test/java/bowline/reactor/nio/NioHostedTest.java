package bowline.reactor.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.failure.Debug;
import bowline.log.LogEvent;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.reactor.Reactor.Phase;
import bowline.reactor.ReactorNotRestartable;
import bowline.reactor.ReactorProvider;
import bowline.reactor.contract.ConnectContract;
import bowline.reactor.contract.DescriptorContract;
import bowline.reactor.contract.LifeContract;
import bowline.reactor.contract.ListenContract;
import bowline.reactor.contract.ProducerContract;
import bowline.reactor.contract.ReactorContract;
import bowline.reactor.contract.TcpContract;
import bowline.reactor.contract.TurnContract;
import bowline.reactor.contract.UnreadContract;
import bowline.time.DelayedCall;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// REA-14: a reactor on somebody else's thread keeps all the rules, and some of its own.
class NioHostedTest {

    /// A backend that needs a thread of its own.
    private static final class Unhosted implements ReactorProvider {
        @Override
        public String name() {
            return "unhosted";
        }

        @Override
        public int preference() {
            return 0;
        }

        @Override
        public String obstacle() {
            return "";
        }

        @Override
        public Reactor create() {
            throw new UnsupportedOperationException();
        }
    }

    private static Reactor hosted() {
        return new NioProvider().hosted(new PumpedThread());
    }

    @Nested
    class Life extends LifeContract {
        @Override
        protected Reactor newReactor() {
            return hosted();
        }
    }

    @Nested
    class Turn extends TurnContract {
        @Override
        protected Reactor newReactor() {
            return hosted();
        }
    }

    @Nested
    class Listen extends ListenContract {
        @Override
        protected Reactor newReactor() {
            return hosted();
        }
    }

    @Nested
    class Connect extends ConnectContract {
        @Override
        protected Reactor newReactor() {
            return hosted();
        }
    }

    @Nested
    class Tcp extends TcpContract {
        @Override
        protected Reactor newReactor() {
            return hosted();
        }
    }

    @Nested
    class Unread extends UnreadContract {
        @Override
        protected Reactor newReactor() {
            return hosted();
        }
    }

    @Nested
    class Produce extends ProducerContract {
        @Override
        protected Reactor newReactor() {
            return hosted();
        }
    }

    @Nested
    class Descriptors extends DescriptorContract {
        @Override
        protected Reactor newReactor() {
            return hosted();
        }
    }

    @Nested
    @Timeout(30)
    class Hosted extends ReactorContract {
        private final PumpedThread host = new PumpedThread();
        private final List<Object> seen = new ArrayList<>();

        @Override
        protected Reactor newReactor() {
            return new NioProvider().hosted(host);
        }

        /// Calls `event` as the host's own, when the reactor has begun to wait.
        private void hostsOwn(Runnable event) {
            reactor.callLater(Duration.ofMillis(20), () -> host.execute(() -> later(3, event)));
        }

        /// A few events later: the turn of the reactor that is under way has ended long since.
        private void later(int events, Runnable event) {
            host.execute(events == 0 ? event : () -> later(events - 1, event));
        }

        @Test
        void callsEverythingOnTheHostsThread() {
            reactor.addSystemEventTrigger(Phase.BEFORE, "startup", () -> seen.add(host.isCurrent()));
            reactor.addSystemEventTrigger(Phase.AFTER, "shutdown", () -> seen.add(host.isCurrent()));
            run(() -> {
                seen.add(host.isCurrent());
                reactor.deferToThread(() -> host.isCurrent()).onSuccess(inPool -> {
                    seen.add(inPool);
                    seen.add(host.isCurrent() && reactor.isInIoThread());
                    reactor.stop();
                });
            });

            assertThat(seen).containsExactly(true, true, false, true, true);
            assertThat(reactor.isInIoThread()).isFalse();
            assertThat(host.stops).isEqualTo(1);
        }

        @Test
        void cannotBeRunByTheHostItself() {
            host.start(() -> {});
            var refused = new CompletableFuture<Throwable>();
            host.execute(() -> {
                try {
                    reactor.run(false);
                } catch (IllegalStateException thrown) {
                    refused.complete(thrown);
                }
            });

            assertThat(refused.join()).hasMessageContaining("would block the pumped thread");
            assertThatThrownBy(() -> new Unhosted().hosted(host))
                    .hasMessageContaining("cannot run on the pumped thread");
        }

        @Test
        void seesATimedCallThatTheHostsOwnEventMakes() {
            run(() -> hostsOwn(() -> {
                seen.add(reactor.isInIoThread());
                reactor.callLater(Duration.ZERO, reactor::stop);
            }));

            assertThat(seen).containsExactly(true);
        }

        @Test
        void seesATimedCallThatTheHostsOwnEventMovesForward() {
            DelayedCall call = reactor.callLater(Duration.ofDays(1), reactor::stop);
            run(() -> hostsOwn(() -> call.reset(Duration.ZERO)));

            assertThat(call.active()).isFalse();
        }

        @Test
        void stopsWhenTheHostsOwnEventSaysSo() {
            run(() -> hostsOwn(reactor::stop));

            assertThat(infos()).contains("Main loop terminated.");
        }

        @Test
        void sendsWhatTheHostsOwnEventWrites() throws IOException {
            var greeter = new Protocol() {
                @Override
                public void connectionMade() {
                    hostsOwn(() -> {
                        transport().write("hello");
                        transport().loseConnection();
                    });
                }
            };
            var port = reactor.listenTcp(0, Factory.of(() -> greeter), ListenOptions.DEFAULT.on("127.0.0.1"));
            try (var peer = new Socket("127.0.0.1", port.port())) {
                run(() -> reactor.<String>deferToThread(
                                () -> new String(peer.getInputStream().readAllBytes(), "US-ASCII"))
                        .onSuccess(seen::add)
                        .onBoth(reactor::stop));
            }

            assertThat(seen).containsExactly("hello");
        }

        @Test
        void wrongThreadsAreStillToldWhenDebugging() {
            Debug.enable(true);
            try {
                run(() -> {
                    seen.add("host");
                    hostsOwn(() -> {
                        reactor.callLater(Duration.ZERO, reactor::stop);
                        seen.add("host's own");
                    });
                });
            } finally {
                Debug.enable(false);
            }

            assertThat(seen).containsExactly("host", "host's own");
        }

        /// A modal dialog that the user opened.
        @Test
        void goesOnWhileTheHostsOwnEventPumps() {
            var closed = new boolean[1];
            run(() -> hostsOwn(() -> {
                reactor.callLater(Duration.ofMillis(5), () -> {
                    seen.add("timed call under the dialog");
                    closed[0] = true;
                });
                host.pumpUntil(() -> closed[0]);
                seen.add("dialog closed");
                reactor.stop();
            }));

            assertThat(seen).containsExactly("timed call under the dialog", "dialog closed");
        }

        /// A modal dialog that a callback opened: nothing of the reactor comes in before that callback has
        /// returned.
        @Test
        void isNotEnteredAgainWhileACallbackPumps() {
            run(() -> {
                var closed = new boolean[1];
                reactor.callFromThread(() -> seen.add("another call"));
                reactor.callLater(Duration.ofMillis(1), reactor::stop);
                later(20, () -> closed[0] = true);
                host.pumpUntil(() -> closed[0]);
                seen.add("dialog closed");
            });

            assertThat(seen).containsExactly("dialog closed", "another call");
        }

        @Test
        @Timeout(10)
        void endsInOrderWhenTheHostHasEnded() {
            reactor.addSystemEventTrigger(Phase.DURING, "shutdown", () -> seen.add(reactor.isInIoThread()));
            run(() -> hostsOwn(host::end));

            assertThat(seen).containsExactly(true);
            assertThat(logged.stream().map(LogEvent::text))
                    .contains("the pumped thread has ended, and the reactor with it");
            assertThatThrownBy(() -> reactor.run(false)).isInstanceOf(ReactorNotRestartable.class);
        }

        @Test
        void doesNothingByTheCallersTurnsMeanwhile() {
            run(() -> hostsOwn(() -> {
                assertThatThrownBy(() -> reactor.iterate(Duration.ZERO)).hasMessageContaining("the pumped thread");
                reactor.stop();
            }));
        }
    }
}
