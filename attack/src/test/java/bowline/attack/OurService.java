package bowline.attack;

import bowline.failure.Failure;
import bowline.framing.LineOptions;
import bowline.haproxy.ProxyProtocolFactory;
import bowline.haproxy.ProxyProtocolOptions;
import bowline.log.Logger;
import bowline.policy.IdleTimeout;
import bowline.policy.LimitConnectionsByPeer;
import bowline.protocol.Factory;
import bowline.protocol.LineOnlyReceiver;
import bowline.protocol.NetstringReceiver;
import bowline.protocol.TransportLimits;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.socks.SocksServer;
import bowline.socks.SocksServerOptions;
import bowline.supervise.ServiceLimits;
import bowline.supervise.SmallService;
import bowline.web.file.StaticFiles;
import bowline.web.server.AccessLog;
import bowline.web.server.ServerTimeouts;
import bowline.web.server.Site;
import bowline.web.server.SiteOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Our own servers, as they are meant to be used: with a limit for connections of one source and for everything that
/// takes time.
enum OurService {
    WEB {
        @Override
        Factory<?> factory(Reactor reactor, Duration stall, Path files) throws IOException {
            ServerTimeouts timeouts = ServerTimeouts.USUAL.head(stall).idle(stall);
            return new Site(
                    new StaticFiles(files, List.of("index.html"), false),
                    SiteOptions.USUAL.timeouts(timeouts).maxConnectionsPerSource(OF_ONE_SOURCE),
                    AccessLog.to(Logger.of("access")));
        }

        @Override
        Transcript transcript() {
            return Transcript.http("server", "/");
        }
    },

    ECHO {
        @Override
        Factory<?> factory(Reactor reactor, Duration stall, Path files) {
            return ServiceLimits.USUAL
                    .connections(10_000, OF_ONE_SOURCE, 1_000_000)
                    .inFrontOf(SmallService.ECHO.factory(stall), reactor);
        }

        @Override
        Transcript transcript() {
            return Transcript.raw("hello", "hello");
        }
    },

    LINES {
        @Override
        Factory<?> factory(Reactor reactor, Duration stall, Path files) {
            return new LimitConnectionsByPeer<>(Factory.of(() -> new Lines(stall)), OF_ONE_SOURCE);
        }

        @Override
        Transcript transcript() {
            return Transcript.line("hello", "hello");
        }
    },

    NETSTRINGS {
        @Override
        Factory<?> factory(Reactor reactor, Duration stall, Path files) {
            return new LimitConnectionsByPeer<>(Factory.of(() -> new Netstrings(stall)), OF_ONE_SOURCE);
        }

        @Override
        Transcript transcript() {
            return Transcript.netstring("hello", "5:hello,");
        }
    },

    SOCKS {
        @Override
        Factory<?> factory(Reactor reactor, Duration stall, Path files) {
            var times = new SocksServerOptions.Timeouts(stall, stall, stall, stall);
            var usual = SocksServerOptions.USUAL;
            return new SocksServer(
                    reactor,
                    new SocksServerOptions(
                            null, usual.requests(), usual.addresses(), false, "", false, times, 10_000, OF_ONE_SOURCE));
        }

        @Override
        Transcript transcript() {
            return Transcript.socks();
        }
    },

    PROXY {
        @Override
        Factory<?> factory(Reactor reactor, Duration stall, Path files) {
            var options = ProxyProtocolOptions.DEFAULT.trustingAnybody().headerTimeout(stall);
            var behind = new ProxyProtocolFactory<>(Factory.of(() -> new Lines(stall)), options);
            return new LimitConnectionsByPeer<>(behind, OF_ONE_SOURCE);
        }

        @Override
        Transcript transcript() {
            return Transcript.behindProxy(LINES.transcript());
        }
    };

    static final int OF_ONE_SOURCE = 90;

    /// Who does not read what is sent to him is not kept.
    static final ListenOptions LISTENING =
            ListenOptions.DEFAULT.limits(TransportLimits.DEFAULT.outboundMaxBytes(1 << 20));

    abstract Factory<?> factory(Reactor reactor, Duration stall, Path files) throws IOException;

    abstract Transcript transcript();

    /// Sends each line back; the next one has to be whole in time.
    private static final class Lines extends LineOnlyReceiver {
        private final Duration stall;
        private @Nullable IdleTimeout timeout;

        Lines(Duration stall) {
            super(LineOptions.crlf());
            this.stall = stall;
        }

        @Override
        public void connectionMade() {
            timeout = IdleTimeout.losing(transport());
            timeout.setTimeout(stall);
        }

        @Override
        public void lineReceived(ByteBuffer line) {
            if (timeout != null) {
                timeout.resetTimeout();
            }
            sendLine(line);
        }

        @Override
        public void connectionLost(Failure reason) {
            if (timeout != null) {
                timeout.setTimeout(null);
            }
        }
    }

    private static final class Netstrings extends NetstringReceiver {
        private final Duration stall;
        private @Nullable IdleTimeout timeout;

        Netstrings(Duration stall) {
            this.stall = stall;
        }

        @Override
        public void connectionMade() {
            timeout = IdleTimeout.losing(transport());
            timeout.setTimeout(stall);
        }

        @Override
        public void stringReceived(ByteBuffer string) {
            if (timeout != null) {
                timeout.resetTimeout();
            }
            sendString(string);
        }

        @Override
        public void connectionLost(Failure reason) {
            if (timeout != null) {
                timeout.setTimeout(null);
            }
        }
    }
}
