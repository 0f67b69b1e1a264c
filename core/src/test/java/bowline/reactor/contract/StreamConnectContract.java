package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.ConnectError;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Connector;
import bowline.protocol.NotConnectingError;
import bowline.protocol.Protocol;
import bowline.protocol.UserError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Client connections (section 19), whatever they run over.
public abstract class StreamConnectContract extends ConnectionContract {
    final List<String> seen = new ArrayList<>();
    final Talker server = new Talker();

    /// A factory that remembers what it is told, and stops the reactor when it is stopped.
    class Recording extends ClientFactory<Protocol> {
        Failure reason;

        @Override
        public @Nullable Protocol buildProtocol(Address peer) throws Exception {
            seen.add("build");
            return new Talker()
                    .onMade(it -> {
                        seen.add("made");
                        made(it);
                    })
                    .onLost(_ -> seen.add("protocol lost"));
        }

        void made(Talker talker) {
            talker.transport().loseConnection();
        }

        @Override
        public void startFactory() {
            seen.add("start");
        }

        @Override
        public void stopFactory() {
            seen.add("stop");
            reactor.stop();
        }

        @Override
        public void startedConnecting(Connector connector) {
            seen.add("connecting");
        }

        @Override
        public void clientConnectionFailed(Connector connector, Failure why) {
            seen.add("failed " + connector.state());
            reason = why;
        }

        @Override
        public void clientConnectionLost(Connector connector, Failure why) {
            seen.add("lost " + connector.state());
            reason = why;
        }
    }

    /// CON-1, CON-3, CON-4, CON-7, CON-10, FAC-1
    @Test
    void goesThroughALifeInOrder() {
        listen(server);
        var factory = new Recording();
        run(() -> {
            Connector connector = connect(factory);
            assertEquals(List.of("start", "connecting"), seen);
            assertEquals(Connector.State.CONNECTING, connector.state());
            assertEquals(wire().destination(port), connector.destination());
            assertThrows(IllegalStateException.class, connector::connect);
        });

        assertEquals(
                List.of("start", "connecting", "build", "made", "protocol lost", "lost DISCONNECTED", "stop"), seen);
        assertEquals(ConnectionDone.class, factory.reason.type());
        assertTrue(infos().stream().anyMatch(text -> text.startsWith("Starting factory")));
        assertTrue(infos().stream().anyMatch(text -> text.startsWith("Stopping factory")));
    }

    /// CON-6, CON-12
    @Test
    void failsWhenNobodyListens() throws Exception {
        listen(server);
        Address closed = wire().destination(port);
        var factory = new Recording();
        run(() -> port.stopListening().onSuccess(_ -> connect(factory)));

        assertEquals(List.of("start", "connecting", "failed DISCONNECTED", "stop"), seen);
        assertTrue(ConnectError.class.isAssignableFrom(factory.reason.type()));
        assertTrue(factory.reason.message().contains(closed.toString()), factory.reason.message());
        assertTrue(factory.reason.message().contains("is a server running there"), factory.reason.message());
    }

    /// CON-8: reconnecting inside the callback keeps the factory started
    @Test
    void connectsAgainWithoutAStop() {
        listen(server);
        connect(new Recording() {
            private int times;

            @Override
            public void clientConnectionLost(Connector connector, Failure why) {
                super.clientConnectionLost(connector, why);
                if (++times < 3) {
                    connector.connect();
                }
            }
        });
        run();

        assertEquals(1, seen.stream().filter("start"::equals).count());
        assertEquals(3, seen.stream().filter("lost DISCONNECTED"::equals).count());
        assertEquals("stop", seen.getLast());
    }

    /// CON-5: null is lost, not failed
    @Test
    void losesAConnectionThatGetsNoProtocol() {
        listen(server);
        var factory = new Recording() {
            @Override
            public @Nullable Protocol buildProtocol(Address peer) {
                return null;
            }
        };
        connect(factory);
        run();

        assertEquals(List.of("start", "connecting", "lost DISCONNECTED", "stop"), seen);
        assertEquals(ConnectionDone.class, factory.reason.type());
    }

    /// CON-16
    @Test
    void failsWhenTheFactoryThrows() {
        listen(server);
        var factory = new Recording() {
            @Override
            public Protocol buildProtocol(Address peer) throws Exception {
                throw new Exception("no parts");
            }
        };
        connect(factory);
        run();

        assertEquals(List.of("start", "connecting", "failed DISCONNECTED", "stop"), seen);
        assertEquals(ConnectError.class, factory.reason.type());
        assertEquals("no parts", factory.reason.value().getCause().getMessage());
        assertEquals(List.of("no parts"), LifeContract.messages(takeCriticals()));
    }

    /// CON-9
    @Test
    void stopsConnecting() {
        listen(server);
        var factory = new Recording();
        Connector connector = connect(factory);
        run(() -> {
            connector.disconnect();
            assertThrows(NotConnectingError.class, connector::stopConnecting);
            connector.disconnect();
        });

        assertEquals(List.of("start", "connecting", "failed DISCONNECTED", "stop"), seen);
        assertSame(UserError.class, factory.reason.type());
    }

    /// CON-9
    @Test
    void disconnectsAConnection() {
        listen(server);
        var connector = new Connector[1];
        connector[0] = connect(new Recording() {
            @Override
            void made(Talker talker) {
                assertEquals(Connector.State.CONNECTED, connector[0].state());
                connector[0].disconnect();
            }
        });
        run();

        assertEquals("lost DISCONNECTED", seen.get(seen.size() - 2));
    }
}
