package bowline.bench.tls;

import bowline.bench.echo.BowlineEcho;
import bowline.bench.server.ServerControl;
import bowline.log.FilteringLogObserver;
import bowline.log.LogBeginner;
import bowline.log.LogLevel;
import bowline.log.LogLevelFilter;
import bowline.log.LogObserver;
import bowline.log.TextLogObserver;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.tls.TlsLimits;
import bowline.tls.TlsProviders;
import bowline.tls.TlsServerFactory;
import bowline.tls.TlsServerOptions;
import bowline.tls.certificate.IdentityReader;
import bowline.tls.certificate.Purpose;
import bowline.tls.certificate.UnusableMaterial;
import bowline.tls.engine.TlsProvider;
import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/// The TLS servers of the benchmark on Bowline: one reactor, and threads that compute handshakes.
public final class BowlineTls {
    private static final String CORRETTO = "corretto";
    private static final int UNAVAILABLE = 69;

    private BowlineTls() {}

    /// Listens on a free port of the loopback and says which.
    ///
    /// @param args the duty, the identity, the reactor backend, and the implementation of TLS: `jsse`,
    /// `openssl`, or `corretto` for JSSE over the Amazon Corretto Crypto Provider
    public static void main(String... args) throws UnusableMaterial {
        logFromWarnings();
        Duty duty = Duty.valueOf(args[0]);
        Reactor reactor = Reactor.create(args[2]);
        TlsProvider provider;
        try {
            provider = provider(args[3]);
        } catch (IllegalArgumentException absent) {
            System.err.println(absent.getMessage());
            System.exit(UNAVAILABLE);
            return;
        }
        var factory = new TlsServerFactory<Protocol>(
                Factory.of(() -> protocol(duty)), options(Identity.valueOf(args[1]), provider));
        ListeningPort port = reactor.listenTcp(
                0, factory, ListenOptions.DEFAULT.backlog(4096).on("127.0.0.1"));
        ServerControl.start(port.port());
        reactor.run();
    }

    /// As programs do: before its beginning, the log keeps what the JDK tells of each handshake, which is some 4 %
    /// of its cost.
    private static void logFromWarnings() {
        LogObserver errors = new TextLogObserver(System.err);
        LogBeginner.global()
                .beginLoggingTo(
                        List.of(new FilteringLogObserver(errors, new LogLevelFilter(LogLevel.WARN))),
                        LogBeginner.Option.KEEP_STANDARD_IO);
    }

    private static TlsProvider provider(String name) {
        if (!name.equals(CORRETTO)) {
            return TlsProviders.named(name);
        }
        AmazonCorrettoCryptoProvider.install();
        AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
        return TlsProviders.named("jsse");
    }

    private static TlsServerOptions options(Identity identity, TlsProvider provider) throws UnusableMaterial {
        var reader = IdentityReader.of(Purpose.SERVER, Instant::now);
        return TlsServerOptions.forIdentity(reader.read(identity.key(), identity.certificate()))
                .provider(provider)
                .limits(TlsLimits.DEFAULT.handshakesBySourceMax(Integer.MAX_VALUE))
                .build();
    }

    private static Protocol protocol(Duty duty) {
        return switch (duty) {
            case GREET -> new Greet();
            case ECHO -> new BowlineEcho.Echo();
            case SEND -> new Send();
            case RECEIVE -> new Receive();
        };
    }

    private static final class Greet extends Protocol {
        private static final ByteBuffer GREETING = ByteBuffer.allocateDirect(1).put(0, (byte) '!');

        @Override
        public void connectionMade() {
            transport().write(GREETING.duplicate());
        }
    }

    private static final class Send extends Protocol {
        private static final ByteBuffer BLOCK = ByteBuffer.allocateDirect(Duty.BLOCK_BYTES);

        @Override
        public void dataReceived(ByteBuffer unread) {
            while (unread.remaining() >= Duty.REQUEST_BYTES) {
                unread.position(unread.position() + Duty.REQUEST_BYTES);
                transport().write(BLOCK.duplicate());
            }
        }
    }

    private static final class Receive extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            unread.position(unread.limit());
        }
    }
}
