package bowline.gui;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.reactor.Reactor;
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
import java.awt.SecondaryLoop;
import java.awt.Toolkit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// REA-14 on Swing, without a display: the event thread needs none.
class SwingReactorTest {

    static {
        System.setProperty("java.awt.headless", "true");
    }

    private static Reactor swing() {
        return Reactor.create("swing");
    }

    @Nested
    class Life extends LifeContract {
        @Override
        protected Reactor newReactor() {
            return swing();
        }
    }

    @Nested
    class Turn extends TurnContract {
        @Override
        protected Reactor newReactor() {
            return swing();
        }
    }

    @Nested
    class Listen extends ListenContract {
        @Override
        protected Reactor newReactor() {
            return swing();
        }
    }

    @Nested
    class Connect extends ConnectContract {
        @Override
        protected Reactor newReactor() {
            return swing();
        }
    }

    @Nested
    class Tcp extends TcpContract {
        @Override
        protected Reactor newReactor() {
            return swing();
        }
    }

    @Nested
    class Unread extends UnreadContract {
        @Override
        protected Reactor newReactor() {
            return swing();
        }
    }

    @Nested
    class Produce extends ProducerContract {
        @Override
        protected Reactor newReactor() {
            return swing();
        }
    }

    @Nested
    class Descriptors extends DescriptorContract {
        @Override
        protected Reactor newReactor() {
            return swing();
        }
    }

    @Nested
    @Timeout(30)
    class OnTheEventThread extends ReactorContract {
        private final List<Object> seen = new ArrayList<>();

        @Override
        protected Reactor newReactor() {
            return swing();
        }

        @Test
        @DisplayName("REA-12: never chosen unless named")
        void isNotTheDefault() {
            assertThat(ReactorProvider.best().name()).isEqualTo("nio");
            assertThat(ReactorProvider.all()).extracting(ReactorProvider::name).contains("nio", "swing", "javafx");
        }

        @Test
        @DisplayName("REA-12: -Dbowline.reactor=swing is obeyed")
        void canBeNamed() {
            System.setProperty("bowline.reactor", "swing");
            try {
                assertThat(ReactorProvider.best().name()).isEqualTo("swing");
            } finally {
                System.clearProperty("bowline.reactor");
            }
        }

        @Test
        void callsBackWhereSwingWants() {
            run(() -> {
                seen.add(SwingUtilities.isEventDispatchThread());
                reactor.deferToThread(SwingUtilities::isEventDispatchThread)
                        .onSuccess(seen::add)
                        .onSuccess(_ -> seen.add(SwingUtilities.isEventDispatchThread()))
                        .onBoth(reactor::stop);
            });

            assertThat(seen).containsExactly(true, false, true);
        }

        @Test
        void cannotBeRunOnTheEventThread() {
            var refused = new CompletableFuture<Throwable>();
            SwingUtilities.invokeLater(() -> {
                try {
                    reactor.run(false);
                } catch (IllegalStateException thrown) {
                    refused.complete(thrown);
                }
            });

            assertThat(refused.join()).hasMessageContaining("would block the event thread of Swing");
        }

        @Test
        void hearsAListenerAtOnce() {
            run(() -> {
                var listener = new Timer(30, _ -> reactor.stop());
                listener.setRepeats(false);
                listener.start();
            });

            assertThat(infos()).contains("Main loop terminated.");
        }

        @Test
        @DisplayName("REA-14: events of the toolkit come between the turns of a busy reactor")
        void leavesRoomForTheToolkit() {
            run(() -> {
                var again = new Runnable() {
                    @Override
                    public void run() {
                        if (!seen.contains("event")) {
                            reactor.callFromThread(this::run);
                        } else {
                            reactor.stop();
                        }
                    }
                };
                again.run();
                SwingUtilities.invokeLater(() -> seen.add("event"));
            });

            assertThat(seen).containsExactly("event");
        }

        /// What a modal dialog does, for which this test would need a display.
        @Test
        void goesOnUnderAModalDialog() {
            run(() -> SwingUtilities.invokeLater(() -> {
                SecondaryLoop dialog =
                        Toolkit.getDefaultToolkit().getSystemEventQueue().createSecondaryLoop();
                reactor.callLater(Duration.ofMillis(10), () -> {
                    seen.add("timed call");
                    dialog.exit();
                });
                dialog.enter();
                seen.add("dialog closed");
                reactor.stop();
            }));

            assertThat(seen).containsExactly("timed call", "dialog closed");
        }

        /// Without a window AWT ends its thread when that was idle for a second, and starts another for the
        /// next event.
        @Test
        void livesOnWithTheNextEventThread() {
            var threads = new ArrayList<Thread>();
            run(() -> {
                threads.add(Thread.currentThread());
                reactor.callLater(Duration.ofMillis(2500), () -> {
                    threads.add(Thread.currentThread());
                    seen.add(reactor.isInIoThread());
                    reactor.stop();
                });
            });

            assertThat(threads.getFirst()).isNotSameAs(threads.getLast());
            assertThat(seen).containsExactly(true);
        }

        /// The toolkit takes it for another thread, which is why [package-info] sends it to `invokeLater`.
        @Test
        void aCoroutineHandsItsWindowsWorkOver() {
            run(() -> reactor.async(() -> {
                reactor.deferToThread(() -> "from a pool thread")
                        .onSuccess(seen::add)
                        .await();
                SwingUtilities.invokeLater(() -> {
                    seen.add(SwingUtilities.isEventDispatchThread());
                    reactor.stop();
                });
            }));

            assertThat(seen).containsExactly("from a pool thread", true);
        }
    }
}
