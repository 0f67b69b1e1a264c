package bowline.testing;

import static bowline.testing.DeferredAssertions.assertNoResult;
import static bowline.testing.DeferredAssertions.failureResultOf;
import static bowline.testing.DeferredAssertions.successResultOf;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.ClientFactory;
import bowline.protocol.ConnectTimeout;
import bowline.protocol.ConnectionRefused;
import bowline.protocol.Connector;
import bowline.protocol.Factory;
import bowline.protocol.NotConnectingError;
import bowline.protocol.Protocol;
import bowline.protocol.UserError;
import bowline.reactor.ConnectOptions;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor.Phase;
import bowline.reactor.ReactorAlreadyRunning;
import bowline.reactor.ReactorNotRestartable;
import bowline.reactor.ReactorNotRunning;
import bowline.reactor.UnixConnectOptions;
import bowline.reactor.UnixListenOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// TST-3 and TST-4, and the rules of a real reactor that it keeps.
class MemoryReactorTest {
    private final MemoryReactor reactor = new MemoryReactor();
    private final List<String> seen = new ArrayList<>();

    private final class Client extends ClientFactory<Protocol> {
        private boolean refuses;
        private boolean breaks;
        private boolean reconnects;

        @Override
        public Protocol buildProtocol(Address peer) throws IOException {
            if (breaks) {
                throw new IOException("no protocol today");
            }
            return refuses
                    ? null
                    : new Protocol() {
                        @Override
                        public void connectionLost(Failure reason) {
                            seen.add("protocol lost");
                        }
                    };
        }

        @Override
        public void startFactory() {
            seen.add("start");
        }

        @Override
        public void stopFactory() {
            seen.add("stop");
        }

        @Override
        public void startedConnecting(Connector connector) {
            seen.add("connecting");
        }

        @Override
        public void clientConnectionFailed(Connector connector, Failure reason) {
            seen.add("failed " + reason.type().getSimpleName());
            again(connector);
        }

        @Override
        public void clientConnectionLost(Connector connector, Failure reason) {
            seen.add("lost " + reason.type().getSimpleName());
            again(connector);
        }

        private void again(Connector connector) {
            if (reconnects) {
                reconnects = false;
                connector.connect();
            }
        }
    }

    private final Client client = new Client();

    // Servers

    /// TST-3
    @Test
    void remembersWhereItWasToldToListen() {
        var factory = Factory.of(Protocol::new);
        var options = ListenOptions.DEFAULT.backlog(7).on("127.0.0.1");
        reactor.listenTcp(8000, factory, options);
        reactor.listenTcp(0, factory);

        var port = reactor.tcpServers().getFirst();
        assertEquals(8000, port.port());
        assertEquals("127.0.0.1:8000", port.host().toString());
        assertSame(factory, port.factory());
        assertEquals(7, port.options().backlog());
        assertTrue(reactor.tcpServers().getLast().port() > 0);
        assertEquals(2, factory.users());
    }

    /// TST-3
    @Test
    void aPortAcceptsTheTestsConnections() throws Exception {
        reactor.listenTcp(7, Factory.of(AccumulatingProtocol::new));
        var accepted = reactor.tcpServers().getFirst().connect();
        accepted.deliver("hello");

        assertTrue(accepted.connected());
        assertEquals("0.0.0.0:7", accepted.host().toString());
    }

    /// FAC-2
    @Test
    void aPortClosesWhatItsFactoryRefuses() throws Exception {
        var port = reactor.listenTcp(7, Factory.of(() -> null));

        assertFalse(((MemoryPort) port).connect().connected());
    }

    /// LIS-1, LIS-3, LIS-5
    @Test
    void aPortCanBeTakenOnceAndStoppedAndStartedAgain() {
        var factory = Factory.of(Protocol::new);
        var port = reactor.listenTcp(7, factory);
        assertThrows(CannotListenError.class, () -> reactor.listenTcp(7, factory));

        Deferred<?> closed = port.stopListening();
        assertNoResult(closed);
        reactor.advance(ZERO);
        assertNull(successResultOf(closed));
        assertEquals(0, factory.users());
        port.startListening();
        assertEquals(1, factory.users());
    }

    /// TST-4
    @Test
    void failsToListenAndToConnectWhenTold() {
        var refused = new CannotListenError("tcp:80", "permission denied", new IOException());
        reactor.failListening(refused).failConnecting(new IllegalStateException("no network"));

        assertSame(refused, assertThrows(CannotListenError.class, () -> reactor.listenTcp(80, client)));
        assertThrows(IllegalStateException.class, () -> reactor.connectTcp("poet", 7, client));
        assertTrue(reactor.tcpServers().isEmpty());
    }

    // Clients

    /// TST-3, CON-3
    @Test
    void remembersWhereItWasToldToConnect() {
        reactor.connectTcp("poet", 7, client, ConnectOptions.DEFAULT.from("10.0.0.1", 0));
        var connector = reactor.tcpClients().getFirst();

        assertEquals(new Address.Hostname("poet", 7), connector.destination());
        assertSame(client, connector.factory());
        assertEquals(new Address.Hostname("10.0.0.1", 0), connector.options().bindAddress());
        assertEquals(Connector.State.CONNECTING, connector.state());
        assertEquals(List.of("start", "connecting"), seen);
    }

    /// CON-4, CON-7
    @Test
    void aConnectionSucceedsAndIsLostInOrder() {
        var connector = (MemoryConnector) reactor.connectTcp("poet", 7, client);
        var transport = connector.succeed();
        assertEquals(Connector.State.CONNECTED, connector.state());
        assertTrue(reactor.delayedCalls().isEmpty(), "the time-out is off");
        transport.close();

        assertEquals(List.of("start", "connecting", "protocol lost", "lost ConnectionDone", "stop"), seen);
    }

    /// CON-6, CON-8
    @Test
    void reconnectingInsideTheCallbackKeepsTheFactoryStarted() {
        client.reconnects = true;
        var connector = (MemoryConnector) reactor.connectTcp("poet", 7, client);
        connector.fail(new ConnectionRefused("nobody home"));
        assertEquals(List.of("start", "connecting", "failed ConnectionRefused", "connecting"), seen);
        connector.fail(new ConnectionRefused("nobody home"));

        assertEquals("stop", seen.getLast());
        assertEquals(2, connector.attempts());
    }

    /// CON-5
    @Test
    void aRefusedProtocolIsLostAndNotFailed() {
        client.refuses = true;
        ((MemoryConnector) reactor.connectTcp("poet", 7, client)).succeed();

        assertEquals(List.of("start", "connecting", "lost ConnectionDone", "stop"), seen);
    }

    /// CON-16
    @Test
    void aBrokenFactoryFails() {
        client.breaks = true;
        ((MemoryConnector) reactor.connectTcp("poet", 7, client)).succeed();

        assertEquals(List.of("start", "connecting", "failed ConnectError", "stop"), seen);
    }

    /// CON-11
    @Test
    void aForgottenAttemptTimesOut() {
        reactor.connectTcp("poet", 7, client);
        reactor.advance(ofSeconds(30).minusNanos(1));
        assertEquals(2, seen.size());
        reactor.advance(ofSeconds(1));

        assertEquals("failed " + ConnectTimeout.class.getSimpleName(), seen.get(2));
    }

    /// CON-2, CON-9, TST-3
    @Test
    void aProgramCanEndAnAttempt() {
        var connector = (MemoryConnector) reactor.connectTcp("poet", 7, client);
        assertThrows(IllegalStateException.class, connector::connect);
        connector.disconnect();

        assertTrue(connector.disconnectCalled() && connector.stopConnectingCalled());
        assertEquals("failed " + UserError.class.getSimpleName(), seen.get(2));
        assertThrows(NotConnectingError.class, connector::stopConnecting);
    }

    // Life

    /// TST-3, REA-5, REA-8
    @Test
    void runDoesWhatWaitsForItAndStops() {
        reactor.callWhenRunning(() -> seen.add("hook, running " + reactor.running()));
        reactor.addSystemEventTrigger(Phase.BEFORE, "shutdown", () -> seen.add("before, running " + reactor.running()));
        reactor.addSystemEventTrigger(Phase.AFTER, "shutdown", () -> seen.add("after, running " + reactor.running()));
        reactor.run();

        assertEquals(List.of("hook, running true", "before, running true", "after, running false"), seen);
        assertThrows(ReactorNotRestartable.class, reactor::run);
        assertThrows(ReactorNotRunning.class, reactor::stop);
    }

    /// REA-4, EVT-6
    @Test
    void shutdownWaitsForDeferredsWhileTimePasses() {
        var flushed = new Deferred<String>();
        reactor.addSystemEventTriggerDeferring("shutdown", () -> flushed);
        reactor.start();
        assertThrows(ReactorAlreadyRunning.class, reactor::start);
        reactor.callLater(ofSeconds(5), () -> flushed.callback("done"));
        reactor.stop();
        assertThrows(ReactorNotRunning.class, reactor::stop);
        reactor.advance(ZERO);
        assertTrue(reactor.running());
        reactor.advance(ofSeconds(5));

        assertFalse(reactor.running());
    }

    /// EVT-1, EVT-7
    @Test
    void firesEventsOfTheProgramAndForgetsRemovedTriggers() {
        var removed = reactor.addSystemEventTrigger(Phase.DURING, "poem", () -> seen.add("removed"));
        reactor.addSystemEventTrigger(Phase.DURING, "poem", () -> seen.add("heard"));
        reactor.removeSystemEventTrigger(removed);
        assertEquals(1, reactor.triggers().size());
        reactor.fireSystemEvent("poem");

        assertEquals(List.of("heard"), seen);
        assertThrows(IllegalArgumentException.class, () -> reactor.removeSystemEventTrigger(removed));
    }

    // Threads and coroutines

    /// TST-3
    @Test
    void workForThreadsIsDoneAtTheNextAdvance() {
        Deferred<String> result = reactor.deferToThread(() -> "poem");
        Deferred<String> broken = reactor.deferToThread(() -> {
            throw new IOException("no poem");
        });
        assertNoResult(result);
        reactor.advance(ZERO);

        assertEquals("poem", successResultOf(result));
        failureResultOf(broken, IOException.class);
    }

    /// COR-1
    @Test
    void aCoroutineGoesOnWhenItsDeferredFires() {
        var line = new Deferred<String>();
        Deferred<String> shouted = reactor.async(() -> line.await() + "!");
        assertNoResult(shouted);
        reactor.callLater(ofSeconds(1), () -> line.callback("poem"));
        reactor.advance(ofSeconds(1));

        assertEquals("poem!", successResultOf(shouted));
    }

    /// TST-3, UNX-6
    @Test
    void remembersUnixPorts() throws Exception {
        var options = UnixListenOptions.DEFAULT.mode(0600).withLock();
        MemoryUnixPort port = reactor.listenUnix(new Address.Unix("/run/x"), Factory.of(Protocol::new), options);

        assertEquals(List.of(port), reactor.unixServers());
        assertEquals(List.of(), reactor.tcpServers());
        assertEquals(List.of(port), reactor.openChannels());
        assertEquals(options, port.options());
        assertEquals(new Address.Unix("/run/x"), port.host());
        assertEquals(new Address.Unix(null), port.connect().peer());
        assertThrows(
                CannotListenError.class,
                () -> reactor.listenUnix(Path.of("/run/x"), Factory.of(Protocol::new), UnixListenOptions.DEFAULT));
        assertFalse(Files.exists(Path.of("/run/x")), "no file is touched");
    }

    /// TST-3
    @Test
    void remembersUnixConnectors() {
        var options = UnixConnectOptions.DEFAULT.checkingLock();
        MemoryUnixConnector connector = reactor.connectUnix(new Address.Unix("/run/x"), new Client(), options);

        assertEquals(List.of(connector), reactor.unixClients());
        assertEquals(List.of(), reactor.tcpClients());
        assertEquals(options, connector.options());
        assertEquals(new Address.Unix("/run/x"), connector.destination());
        assertEquals(connector.destination(), connector.succeed().peer());
        assertEquals(List.of(connector), reactor.openChannels());
    }
}
