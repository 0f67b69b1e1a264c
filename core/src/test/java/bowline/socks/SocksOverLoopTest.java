package bowline.socks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import bowline.bytes.ByteQueue;
import bowline.cred.AuthString;
import bowline.cred.CredentialsChecker;
import bowline.cred.SlowWork;
import bowline.cred.hash.HashScheme;
import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.TcpClientEndpoint;
import bowline.failure.Failure;
import bowline.policy.AddressRules;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Server and endpoints over a real loop: a large answer, half-closed, through one proxy and through two.
@Timeout(30)
class SocksOverLoopTest {
    private static final int LARGE_BYTES = 5_000_000;

    @TempDir
    private Path folder;

    private final Reactor reactor = Reactor.create("nio");
    private final byte[] large = new byte[LARGE_BYTES];
    private final ListenOptions loopback = ListenOptions.DEFAULT.on("127.0.0.1");
    private final SocksServerOptions open = SocksServerOptions.USUAL.addresses(AddressRules.ALL_HOSTS);

    /// Answers with everything that came, when its client has ended its side.
    private static final class Mirror extends Protocol implements HalfCloseable {
        private final ByteQueue all = new ByteQueue();

        @Override
        public void dataReceived(ByteBuffer unread) {
            all.write(unread);
        }

        @Override
        public void readConnectionLost() {
            transport().write(all.readable());
            transport().loseConnection();
        }

        @Override
        public void writeConnectionLost() {}
    }

    /// Sends, ends its side, and takes the answer.
    private static final class Asking extends Protocol implements HalfCloseable {
        private final byte[] question;
        private final ByteQueue answer = new ByteQueue();
        private final Deferred<byte[]> whole = new Deferred<>();

        Asking(byte[] question) {
            this.question = question;
        }

        @Override
        public void connectionMade() {
            transport().write(question);
            transport().loseWriteConnection();
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            answer.write(unread);
        }

        @Override
        public void readConnectionLost() {
            transport().loseConnection();
        }

        @Override
        public void writeConnectionLost() {}

        @Override
        public void connectionLost(Failure reason) {
            whole.callback(answer.takeAll());
        }
    }

    private Object result(Deferred<?> done) {
        var result = new Object[1];
        done.addBoth((value, failure) -> {
            result[0] = failure == null ? value : failure;
            return null;
        });
        done.onBoth(() -> reactor.callWhenRunning(reactor::stop));
        reactor.callLater(Duration.ofSeconds(25), reactor::crash);
        reactor.run(false);
        return result[0];
    }

    private ClientEndpoint listening(Factory<?> factory) {
        ListeningPort port = reactor.listenTcp(0, factory, loopback);
        return new TcpClientEndpoint(reactor, "127.0.0.1", port.port());
    }

    private Deferred<byte[]> ask(ClientEndpoint endpoint) {
        return endpoint.connectProtocol(new Asking(large)).addCallbackDeferring(asking -> asking.whole);
    }

    @Test
    @DisplayName("SOC-2, FWD-1: five megabytes there and back through a proxy that looks the name up")
    void oneProxy() {
        new Random(4).nextBytes(large);
        int port = reactor.listenTcp(0, Factory.of(Mirror::new), loopback).port();
        ClientEndpoint proxy = listening(new SocksServer(reactor, open));

        Object answer = result(ask(new Socks5ClientEndpoint(proxy, "localhost", port)));

        assertArrayEquals(large, assertInstanceOf(byte[].class, answer));
    }

    @Test
    @DisplayName("SOC-2, CRD-9: through a stack of SOCKS 5 with a password, hashed in a file, over SOCKS 4")
    void twoProxies() throws Exception {
        new Random(5).nextBytes(large);
        int port = reactor.listenTcp(0, Factory.of(Mirror::new), loopback).port();
        Path users = Files.writeString(
                folder.resolve("users"),
                "me:" + HashScheme.BCRYPT.hash("secret", new byte[16]).text());
        CredentialsChecker checker = AuthString.checker("file:" + users, SlowWork.on(reactor::deferToThread));
        int inner = reactor.listenTcp(0, new SocksServer(reactor, open.checkers(List.of(checker))), loopback)
                .port();
        var first = new Socks4ClientEndpoint(listening(new SocksServer(reactor, open)), "127.0.0.1", inner);

        Object answer = result(ask(new Socks5ClientEndpoint(first, "127.0.0.1", port).login("me", "secret")));

        assertArrayEquals(large, assertInstanceOf(byte[].class, answer));
    }

    @Test
    @DisplayName("K1: a name that leads to this machine is not allowed unless the rules are opened")
    void forbidden() {
        ClientEndpoint proxy = listening(new SocksServer(reactor, SocksServerOptions.USUAL));

        var failure = assertInstanceOf(Failure.class, result(ask(new Socks5ClientEndpoint(proxy, "localhost", 9))));

        assertEquals(2, assertInstanceOf(ProxyError.class, failure.value()).code());
    }

    @Test
    @DisplayName("RFC 1928 §6: nobody listens there: code 5")
    void refused() {
        ClientEndpoint proxy = listening(new SocksServer(reactor, open));
        ListeningPort gone = reactor.listenTcp(0, Factory.of(Mirror::new), loopback);
        Deferred<byte[]> asked = gone.stopListening()
                .addCallbackDeferring(_ -> ask(new Socks5ClientEndpoint(proxy, "127.0.0.1", gone.port())));

        var failure = assertInstanceOf(Failure.class, result(asked));

        assertEquals(5, assertInstanceOf(ProxyError.class, failure.value()).code());
    }
}
