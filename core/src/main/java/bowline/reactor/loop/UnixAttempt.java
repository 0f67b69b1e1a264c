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
    private final Path path;
    private final boolean checkPid;

    private UnixAttempt(StreamConnector connector, Path path, UnixConnectOptions options) {
        super(connector, options.limits());
        this.path = path;
        this.checkPid = options.checkPid();
    }

    /// The connector of such attempts.
    static StreamConnector connector(Loop loop, Path path, ClientFactory<?> factory, UnixConnectOptions options) {
        return new StreamConnector(
                loop,
                new Address.Unix(path.toString()),
                factory,
                options.timeout(),
                connector -> new UnixAttempt(connector, path, options));
    }

    /// A client has no name of its own (UNX-6).
    @Override
    public @Nullable SocketAddress local(SocketAddress remote) {
        return null;
    }

    @Override
    void locate() {
        try {
            UnixPaths.checkLength(path);
            if (checkPid
                    && !loop.platform()
                            .socketFiles()
                            .lock(UnixPaths.lockOf(path))
                            .held()) {
                throw new BadFileError("cannot connect to " + destination() + ": no living process holds the lock "
                        + UnixPaths.lockOf(path) + "; is the server running?");
            }
            dial(UnixDomainSocketAddress.of(path));
        } catch (BadFileError dead) {
            end(Failure.of(dead));
        } catch (IOException unusable) {
            end(Failure.of(ConnectFaults.connecting(destination(), unusable)));
        }
    }
}
