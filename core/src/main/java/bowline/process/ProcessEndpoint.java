package bowline.process;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.failure.Failure;
import bowline.process.ChildDescriptor.Pipe;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.NoProtocol;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Connects to a child that is started for it (END-11): the child's standard output is what the peer says, and its
/// standard input hears us. The connection ends when the child has: with
/// [ConnectionDone][bowline.protocol.ConnectionDone] if it exited with 0, else with the reason of its end.
///
///     new ProcessEndpoint(reactor, Spawn.command("bc", "-q"), StandardError.LOGGED).connect(factory)
///
/// @param reactor the reactor of the connections
/// @param spawn what to start, with pipes at 0 and 1
/// @param errors what becomes of what it writes to standard error
public record ProcessEndpoint(Reactor reactor, Spawn spawn, StandardError errors) implements ClientEndpoint {

    /// What becomes of a child's complaints.
    public enum StandardError {
        /// They are logged, at level info.
        LOGGED,
        /// They are not looked at.
        DROPPED
    }

    /// Checks that the child is connected to us.
    public ProcessEndpoint {
        if (spawn.descriptors().get(0) != Pipe.WRITTEN || spawn.descriptors().get(1) != Pipe.READ) {
            throw new IllegalArgumentException(
                    "a child that is connected to needs pipes at 0 and 1, not " + spawn.descriptors());
        }
    }

    @Override
    public <P extends Protocol> Deferred<P> connect(Factory<P> factory) {
        var attempt = new Attempt<P>(factory);
        try {
            PipedProcess.start(reactor, attempt, spawn);
        } catch (RuntimeException refused) {
            attempt.connected.errback(refused);
        }
        return attempt.connected;
    }

    /// The child is there as soon as it is asked for.
    private final class Attempt<P extends Protocol> extends ProcessProtocol {
        private final Factory<P> factory;
        private final Deferred<P> connected = new Deferred<>();
        private @Nullable ProcessConnection connection;

        Attempt(Factory<P> factory) {
            this.factory = factory;
        }

        @Override
        public void connectionMade() {
            var process = (PipedProcess) transport();
            var address = new Address.ChildProcess(Objects.requireNonNull(process.pid()));
            factory.doStart();
            try {
                P protocol = factory.build(address);
                if (protocol == null) {
                    throw new NoProtocol(factory.logPrefix() + " made no protocol for " + address);
                }
                open(process, address, protocol);
            } catch (Exception refused) {
                ProcessConnection.kill(process);
                connected.errback(refused);
            }
        }

        private void open(PipedProcess process, Address.ChildProcess address, P protocol) {
            PipeWriter stdin = Objects.requireNonNull(process.stdin());
            var made = new ProcessConnection(reactor, process, stdin, address, protocol);
            connection = made;
            Failure end = made.open();
            if (end == null) {
                connected.callback(protocol);
            } else {
                connected.errback(end);
            }
        }

        @Override
        public void outReceived(ByteBuffer unread) {
            if (connection == null) {
                super.outReceived(unread);
            } else {
                connection.received(unread);
            }
        }

        @Override
        public void errReceived(ByteBuffer unread) {
            if (connection == null || errors == StandardError.DROPPED) {
                super.errReceived(unread);
            } else {
                connection.complained(unread);
            }
        }

        @Override
        public void inConnectionLost() {
            if (connection != null) {
                connection.inputEnded();
            }
        }

        @Override
        public void outConnectionLost() {
            if (connection != null) {
                connection.outputEnded();
            }
        }

        @Override
        public void processEnded(Failure reason) {
            if (connection != null) {
                connection.ended(reason);
            }
            factory.doStop();
        }

        @Override
        public String logPrefix() {
            return factory.logPrefix();
        }
    }

    @Override
    public String toString() {
        return "process:" + String.join(" ", spawn.command());
    }
}
