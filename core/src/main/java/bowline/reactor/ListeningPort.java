package bowline.reactor;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import org.jspecify.annotations.Nullable;

/// A port that accepts connections (section 22), or datagrams ([UdpPort]).
public interface ListeningPort {

    /// Where it listens, with the port the system picked (LIS-1).
    Address host();

    /// The port number.
    default int port() {
        return switch (host()) {
            case Address.IPv4 address -> address.port();
            case Address.IPv6 address -> address.port();
            case Address.Hostname address -> address.port();
            case Address.Unix _, Address.Pipe _, Address.Device _, Address.ChildProcess _ -> 0;
        };
    }

    /// Listens again after [#stopListening] (LIS-5).
    void startListening();

    /// Accepts no more; connections live on. The Deferred fires when the port is closed, on a later
    /// turn (LIS-3); at once if it was not listening.
    Deferred<@Nullable Void> stopListening();

    /// Takes those in who already wait at the door, then accepts no more: for a service that ends without losing
    /// anybody who had connected. The Deferred fires when the port is closed, on a later turn; those who were
    /// let in have been told by then. A port that knows nothing of waiting just stops listening.
    default Deferred<@Nullable Void> drain() {
        return stopListening();
    }
}
