package bowline.policy;

import bowline.protocol.Address;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts open connections by where they come from, and admits no source beyond its share (G9).
///
/// A source is an IPv4 address, or the /64 that an IPv6 address lies in, for whoever has one such address has all
/// of them. Peers that cannot be told apart by address, as those of a Unix socket, are all admitted. Costs one entry
/// a source that has connections, however many there are of each. Any thread may ask: several reactors can count
/// together, at the price of a lock for each connection.
public final class ConnectionsBySource {
    private final int max;
    private final Map<Object, Source> sources = new HashMap<>();

    /// @param max how many connections one source may have, at least 1
    public ConnectionsBySource(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("a limit of " + max + " connections a source would refuse everybody");
        }
        this.max = max;
    }

    /// Where connections come from.
    public final class Source {
        private final @Nullable Object key;
        private int open;

        private Source(@Nullable Object key) {
            this.key = key;
        }

        /// The host that it is, where it is a single one; null where it is a network, or has no address.
        public @Nullable String host() {
            return key instanceof String host ? host : null;
        }

        /// How many connections it has.
        public int open() {
            synchronized (sources) {
                return open;
            }
        }

        /// One of its connections is gone. To be called once for each that was admitted.
        public void leave() {
            synchronized (sources) {
                if (--open == 0 && key != null) {
                    sources.remove(key);
                }
            }
        }
    }

    /// Counts one more connection of the source of `peer`; null if it has as many as it may.
    ///
    /// @return whom to tell by [Source#leave] when the connection is gone
    public @Nullable Source admit(Address peer) {
        Object key = key(peer);
        synchronized (sources) {
            Source source = key == null ? new Source(null) : sources.computeIfAbsent(key, Source::new);
            if (source.open == max) {
                return null;
            }
            source.open++;
            return source;
        }
    }

    /// How many sources have connections.
    public int sources() {
        synchronized (sources) {
            return sources.size();
        }
    }

    private static @Nullable Object key(Address peer) {
        return switch (peer) {
            case Address.IPv4 v4 -> v4.host();
            case Address.IPv6 v6 -> network(v6.host());
            case Address.Hostname named -> named.host();
            case Address.Unix _, Address.Pipe _, Address.Device _, Address.ChildProcess _ -> null;
        };
    }

    /// The first 64 bits of an IPv6 address.
    private static Long network(String host) {
        return ByteBuffer.wrap(Inet6Address.ofLiteral(host).getAddress()).getLong();
    }
}
