package bowline.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.ConnectionRefused;
import bowline.protocol.Protocol;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Endpoints of both sides over a real loop and the loopback interface.
@Timeout(20)
class EndpointsOverLoopTest {
    private final Reactor reactor = Reactor.create("nio");
    private final List<Object> seen = new ArrayList<>();

    private void run(Deferred<?> done) {
        done.addErrback(failure -> {
            seen.add(failure.value());
            return null;
        });
        done.onBoth(() -> reactor.callWhenRunning(reactor::stop));
        reactor.callLater(Duration.ofSeconds(15), reactor::crash);
        reactor.run(false);
    }

    @Test
    @DisplayName("END-1, HEY-5: a name leads to a server on one of its addresses")
    void connectsByName() {
        Deferred<String> heard = new Deferred<>();
        Deferred<ListeningPort> listening =
                ServerEndpoint.of(reactor, "tcp:0:interface=127.0.0.1").listen(new Echoes());
        run(listening
                .addCallbackDeferring(port -> ClientEndpoint.of(reactor, "tcp:localhost:" + port.port())
                        .connectProtocol(new Listener(heard)))
                .onSuccess(listener -> listener.transport().write("hello".getBytes(StandardCharsets.US_ASCII)))
                .addCallbackDeferring(_ -> heard)
                .onSuccess(seen::add));

        assertEquals(List.of("hello"), seen);
    }

    @Test
    @DisplayName("END-8, END-9, UNX-3: a UNIX socket with a lock, both ends described by strings")
    void connectsByPath(@TempDir Path folder) {
        String socket = EndpointString.quote(folder.resolve("so:cket").toString());
        Deferred<String> heard = new Deferred<>();
        Deferred<ListeningPort> listening =
                ServerEndpoint.of(reactor, "unix:" + socket + ":mode=600").listen(new Echoes());
        run(listening
                .addCallbackDeferring(_ -> ClientEndpoint.of(reactor, "unix:" + socket + ":lockfile=1")
                        .connectProtocol(new Listener(heard)))
                .onSuccess(listener -> listener.transport().write("hello".getBytes(StandardCharsets.US_ASCII)))
                .addCallbackDeferring(_ -> heard)
                .onSuccess(seen::add));

        assertEquals(List.of("hello"), seen);
    }

    @Test
    @DisplayName("END-1, UNX-5: what the backend cannot do comes through the Deferred")
    void abstractNames() {
        run(ServerEndpoint.of(reactor, "unix:\0name").listen(new Echoes()));

        assertInstanceOf(UnsupportedOperationException.class, seen.getFirst());
    }

    @Test
    @DisplayName("END-8: tcp6 on all addresses takes IPv4 as well")
    void tcp6TakesIpv4() throws Exception {
        Assumptions.assumeTrue(
                NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .anyMatch(Inet6Address.class::isInstance),
                "this machine has no IPv6");
        Deferred<String> heard = new Deferred<>();
        Deferred<ListeningPort> listening = ServerEndpoint.of(reactor, "tcp6:0").listen(new Echoes());
        run(listening
                .addCallbackDeferring(port -> ClientEndpoint.of(reactor, "tcp:127.0.0.1:" + port.port())
                        .connectProtocol(new Listener(heard)))
                .onSuccess(listener -> listener.transport().write("hello".getBytes(StandardCharsets.US_ASCII)))
                .addCallbackDeferring(_ -> heard)
                .onSuccess(seen::add));

        assertEquals(List.of("hello"), seen);
    }

    @Test
    @DisplayName("END-1, HEY-4: nobody there: the last refusal")
    void refused() {
        Deferred<ListeningPort> listening =
                ServerEndpoint.of(reactor, "tcp:0:interface=127.0.0.1").listen(new Echoes());
        run(listening
                .addCallbackDeferring(port -> port.stopListening().addCallback(_ -> port.port()))
                .addCallbackDeferring(port -> new HostnameEndpoint(reactor, "localhost", port).connect(new Echoes())));

        assertInstanceOf(ConnectionRefused.class, seen.getFirst());
    }

    /// Fires with the first bytes it is sent.
    private static final class Listener extends Protocol {
        private final Deferred<String> heard;

        Listener(Deferred<String> heard) {
            this.heard = heard;
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            heard.callback(StandardCharsets.US_ASCII.decode(unread).toString());
        }

        @Override
        public void connectionLost(Failure reason) {}
    }
}
