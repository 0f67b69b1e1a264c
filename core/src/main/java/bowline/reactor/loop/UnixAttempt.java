package bowline.reactor.loop;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.BadFileError;
import bowline.protocol.ClientFactory;
import bowline.reactor.UnixConnectOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// An attempt over a UNIX socket: whether its server lives is looked at first, if that was asked for (UNX-2).
final class UnixAttempt extends Attempt {
    private final @Nullable Path path;
    private final SocketAddress remote;
    private final boolean checkPid;

    /// @param path null for an abstract name, which has neither a length that we need to check nor a lock
    private UnixAttempt(
            StreamConnector connector, SocketAddress remote, @Nullable Path path, UnixConnectOptions options) {
        super(connector, options.limits());
        this.remote = remote;
        this.path = path;
        this.checkPid = options.checkPid();
    }

    /// The connector of such attempts.
    ///
    /// @throws UnsupportedOperationException if it is an abstract name, and the loop knows none
    static StreamConnector connector(
            Loop loop, Address.Unix where, ClientFactory<?> factory, UnixConnectOptions options) {
        boolean named = where.isAbstract() && loop.knowsAbstractNames();
        Path path = named ? null : UnixPaths.file(where);
        SocketAddress remote = path == null ? UnixPaths.abstractName(where) : UnixDomainSocketAddress.of(path);
        return new StreamConnector(
                loop,
                where,
                factory,
                options.timeout(),
                connector -> new UnixAttempt(connector, remote, path, options));
    }

    /// A client has no name of its own (UNX-6).
    @Override
    public @Nullable SocketAddress local(SocketAddress remote) {
        return null;
    }

    @Override
    void locate() {
        try {
            if (path != null) {
                look(path);
            }
            dial(remote);
        } catch (BadFileError dead) {
            end(Failure.of(dead));
        } catch (IOException unusable) {
            end(Failure.of(ConnectFaults.connecting(destination(), unusable)));
        }
    }

    private void look(Path socket) throws IOException {
        UnixPaths.checkLength(socket);
        Path lock = UnixPaths.lockOf(socket);
        if (checkPid && !loop.platform().socketFiles().lock(lock).held()) {
            throw new BadFileError("cannot connect to " + destination() + ": no living process holds the lock " + lock
                    + "; is the server running?");
        }
    }
}
