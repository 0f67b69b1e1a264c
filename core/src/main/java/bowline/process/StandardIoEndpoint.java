package bowline.process;

import bowline.defer.Deferred;
import bowline.endpoint.ServerEndpoint;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.Factory;
import bowline.protocol.NoProtocol;
import bowline.protocol.Protocol;
import bowline.protocol.TransportLimits;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorNotRunning;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Serves whoever is at the other end of standard input and output, as a program in a pipe does (END-11). There is
/// one connection, made at once, and none after it.
///
/// @param reactor the reactor of the connection
/// @param limits how much it may hold in memory
/// @param stopsReactor whether the reactor stops when the connection has ended, as there is nobody left to serve
public record StandardIoEndpoint(Reactor reactor, TransportLimits limits, boolean stopsReactor)
        implements ServerEndpoint {

    /// With the usual limits; the reactor goes on after the connection.
    public StandardIoEndpoint(Reactor reactor) {
        this(reactor, TransportLimits.DEFAULT, false);
    }

    @Override
    public Deferred<ListeningPort> listen(Factory<?> factory) {
        return Deferred.execute(() -> {
            factory.doStart();
            try {
                connect(factory);
            } catch (Exception refused) {
                factory.doStop();
                throw refused;
            }
            return new Port();
        });
    }

    private void connect(Factory<?> factory) throws Exception {
        if (StandardPipes.of(reactor).taken()) {
            throw new CannotListenError(
                    "standard input and output",
                    "they are taken, and a process has one of each; use another endpoint",
                    new IOException("taken already"));
        }
        Protocol protocol = factory.build(new Address.Pipe());
        if (protocol == null) {
            throw new NoProtocol(factory.logPrefix() + " made no protocol for standard input and output");
        }
        StandardIO.connect(reactor, protocol, limits, _ -> ended(factory));
    }

    private void ended(Factory<?> factory) {
        factory.doStop();
        if (stopsReactor) {
            reactor.callWhenRunning(this::stop);
        }
    }

    private void stop() {
        try {
            reactor.stop();
        } catch (ReactorNotRunning already) {
            // Somebody else has stopped it, perhaps to end this very connection.
        }
    }

    /// `stdio:`
    @Override
    public String toString() {
        return "stdio:";
    }

    /// Has accepted the one connection that there will be.
    private static final class Port implements ListeningPort {

        @Override
        public Address host() {
            return new Address.Pipe();
        }

        @Override
        public void startListening() {
            throw new IllegalStateException("standard input and output were connected once; there are no others");
        }

        @Override
        public Deferred<@Nullable Void> stopListening() {
            return Deferred.succeed(null);
        }

        @Override
        public String toString() {
            return "standard input and output";
        }
    }
}
