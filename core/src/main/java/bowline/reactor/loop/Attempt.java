package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ConnectError;
import bowline.protocol.DnsLookupError;
import bowline.reactor.ConnectOptions;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One attempt to connect: look the name up, then dial. It ends in exactly one word to the connector,
/// or in none if it is cancelled.
public final class Attempt {
    private final Loop loop;
    private final Address.Hostname destination;
    private final ConnectOptions options;
    private final TcpConnector connector;
    private @Nullable Deferred<?> lookup;
    private @Nullable Runnable hangUp;
    private @Nullable InetSocketAddress remote;
    private boolean over;

    Attempt(Loop loop, Address.Hostname destination, ConnectOptions options, TcpConnector connector) {
        this.loop = loop;
        this.destination = destination;
        this.options = options;
        this.connector = connector;
    }

    /// What the program asked for.
    public ConnectOptions options() {
        return options;
    }

    /// The local address to connect from, or null if the system may choose.
    ///
    /// @throws IOException if it is not one
    public @Nullable InetSocketAddress local() throws IOException {
        Address.Hostname local = options.bindAddress();
        if (local == null) {
            return null;
        }
        if (!SystemResolver.isLiteral(local.host())) {
            throw ConnectFaults.binding(local.toString(), new IOException("the host is a name; give an address"));
        }
        InetAddress from = InetAddress.ofLiteral(local.host());
        if (remote != null && from.getClass() != remote.getAddress().getClass()) {
            throw ConnectFaults.binding(
                    local.toString(), new IOException("it is of another IP version than " + remote.getAddress()));
        }
        return new InetSocketAddress(from, local.port());
    }

    @Override
    public String toString() {
        return "attempt to reach " + destination;
    }

    /// Begins on a later turn, even for a literal (CON-3).
    void begin() {
        loop.soon(this::lookUp);
    }

    private void lookUp() {
        if (over) {
            return;
        }
        boolean literal = SystemResolver.isLiteral(destination.host());
        Deferred<List<InetAddress>> addresses = literal
                ? Deferred.succeed(List.of(InetAddress.ofLiteral(destination.host())))
                : loop.resolver().resolve(destination.host());
        lookup = addresses;
        addresses.<@Nullable Void>addCallbacks(found -> found(found, literal), this::notFound);
    }

    /// A literal may be of either version, a name is looked up as IPv4 only (CON-14).
    private @Nullable Void found(List<InetAddress> addresses, boolean literal) {
        lookup = null;
        for (InetAddress address : addresses) {
            if (literal || address instanceof Inet4Address) {
                dial(new InetSocketAddress(address, destination.port()));
                return null;
            }
        }
        end(Failure.of(new DnsLookupError("no IPv4 address for \"" + destination.host() + "\"; is the name right?")));
        return null;
    }

    private @Nullable Void notFound(Failure reason) {
        lookup = null;
        boolean ours = reason.check(ConnectError.class, IllegalArgumentException.class) != null;
        end(
                ours
                        ? reason
                        : Failure.of(new DnsLookupError(
                                "the look-up of \"" + destination.host() + "\" failed: " + reason.message(),
                                reason.value())));
        return null;
    }

    private void dial(InetSocketAddress to) {
        if (over) {
            return;
        }
        remote = to;
        try {
            hangUp = loop.dial(to, this);
        } catch (IOException refused) {
            failed(refused);
        }
    }

    /// The backend could not connect.
    public void failed(IOException cause) {
        if (cause instanceof ConnectError known) {
            end(Failure.of(known));
        } else if (remote != null) {
            end(Failure.of(ConnectFaults.connecting(remote, cause)));
        }
    }

    /// The reactor ends before the attempt does (REA-9).
    public void failed(Failure reason) {
        end(reason);
    }

    private void end(Failure reason) {
        if (!over) {
            over = true;
            connector.failed(reason);
        }
    }

    /// The backend has connected.
    public void connected(StreamConnection connection) {
        if (over) {
            connection.close(false);
            return;
        }
        over = true;
        connector.connected(connection);
    }

    /// Nothing more is to be heard of this attempt.
    void cancel() {
        over = true;
        if (lookup != null) {
            lookup.cancel();
        }
        if (hangUp != null) {
            hangUp.run();
        }
    }
}
