package bowline.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.defer.Deferred;
import bowline.endpoint.TcpClientEndpoint;
import bowline.endpoint.TcpServerEndpoint;
import bowline.failure.Failure;
import bowline.junit.OnReactor;
import bowline.junit.Trial;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.task.Later;
import bowline.tls.Tls;
import bowline.tls.TlsClientOptions;
import bowline.tls.TlsError;
import bowline.tls.TlsServerOptions;
import bowline.tls.TlsTransport;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.PrivateAuthority;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The engine where it is used: below a protocol, over sockets, with its work on other threads.
@OnReactor
class OverTcpTest {
    private static final int MUCH_BYTES = 1_000_003;
    private static final PrivateAuthority AUTHORITY =
            new CertificateMaker(new SecureRandom(), Instant::now).authority("the tests' authority");

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }

    /// Sends much, and waits for all of it.
    private static final class Asker extends Protocol {
        final Deferred<Integer> answered = new Deferred<>();
        final Deferred<Throwable> lost = new Deferred<>();
        private int received;

        TlsTransport tls() {
            return (TlsTransport) transport();
        }

        @Override
        public void connectionMade() {
            transport().write(ByteBuffer.allocate(MUCH_BYTES));
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            received += unread.remaining();
            unread.position(unread.limit());
            if (received == MUCH_BYTES) {
                answered.callback(received);
            }
        }

        @Override
        public void connectionLost(Failure why) {
            lost.callback(why.value());
        }
    }

    private static ListeningPort listen(Reactor reactor, Trial trial) throws Exception {
        TlsServerOptions options = TlsServerOptions.forIdentity(AUTHORITY.server("localhost"))
                .provider(Openssl.provider())
                .resumption(true)
                .build();
        ListeningPort port = Tls.wrapServer(new TcpServerEndpoint(reactor, 0), options)
                .listen(Factory.of(Echo::new))
                .await();
        trial.addCleanup(port::stopListening);
        trial.addCleanup(() -> threadsAtRest(reactor));
        return port;
    }

    /// A server may still compute what a client answered that has gone.
    private static Deferred<String> threadsAtRest(Reactor reactor) {
        return reactor.threadPool().unfinishedWork() == 0
                ? Deferred.succeed("at rest")
                : Later.deferLater(reactor, Duration.ofMillis(1), () -> "looked")
                        .addCallbackDeferring(_ -> threadsAtRest(reactor));
    }

    private static TlsClientOptions client(String name) {
        return TlsClientOptions.forHost(name)
                .trust(AUTHORITY.trust())
                .provider(Openssl.provider())
                .resumption(true)
                .build();
    }

    private static Asker connect(Reactor reactor, ListeningPort port, TlsClientOptions options) throws Exception {
        return Tls.wrapClient(new TcpClientEndpoint(reactor, "127.0.0.1", port.port()), options)
                .connectProtocol(new Asker())
                .await();
    }

    @Test
    void muchGoesThereAndBackAndTheSessionGoesOn(Reactor reactor, Trial trial) throws Exception {
        ListeningPort port = listen(reactor, trial);
        TlsClientOptions options = client("localhost");
        for (boolean resumed : new boolean[] {false, true, true}) {
            Asker asker = connect(reactor, port, options);

            assertThat(asker.answered.await()).isEqualTo(MUCH_BYTES);
            assertThat(asker.tls().session().provider()).isEqualTo("openssl");
            assertThat(asker.tls().session().resumed()).isEqualTo(resumed);
            asker.transport().loseConnection();
            assertThat(asker.lost.await()).isInstanceOf(ConnectionDone.class);
        }
    }

    @Test
    void aServerOfAnotherNameIsRefused(Reactor reactor, Trial trial) throws Exception {
        ListeningPort port = listen(reactor, trial);
        Asker asker = connect(reactor, port, client("other.test"));
        Deferred<?> handshake = asker.tls().handshake();

        assertThatThrownBy(handshake::await).isInstanceOf(TlsError.class).hasMessageContaining("other.test");
        assertThat(asker.lost.await()).isInstanceOf(TlsError.class);
    }
}
