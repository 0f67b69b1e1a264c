package bowline.reactor.loop;

import bowline.protocol.MulticastJoinError;
import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The groups that one port has joined, and how each is left (UDP-11).
final class MulticastGroups {
    private final Interfaces interfaces;
    private final Joiner joiner;
    private final Map<Membership, Runnable> joined = new LinkedHashMap<>();

    /// One group on one interface, from one sender or from all.
    private record Membership(
            InetAddress group,
            String networkInterface,
            @Nullable InetAddress source) {}

    /// Knows interfaces by their names and addresses.
    @FunctionalInterface
    interface Interfaces {
        /// The name of the interface called so; of the one where the routes to `group` lead, if that is empty.
        String name(String nameOrAddress, InetAddress group) throws IOException;
    }

    /// Joins groups.
    @FunctionalInterface
    interface Joiner {
        /// Joins, and returns what leaves again.
        Runnable join(InetAddress group, String networkInterface, @Nullable InetAddress source) throws IOException;
    }

    MulticastGroups(Interfaces interfaces, Joiner joiner) {
        this.interfaces = interfaces;
        this.joiner = joiner;
    }

    /// @param on the interface by name or address; empty: where the routes lead
    void join(InetAddress group, String on, @Nullable InetAddress source) throws MulticastJoinError {
        if (!group.isMulticastAddress()) {
            throw new MulticastJoinError(
                    group.getHostAddress(), on, "this is no group; those are 224.0.0.0/4 and ff00::/8", null);
        }
        try {
            String network = interfaces.name(on, group);
            var membership = new Membership(group, network, source);
            if (!joined.containsKey(membership)) {
                joined.put(membership, joiner.join(group, network, source));
            }
        } catch (IOException | RuntimeException refused) {
            throw error(group, on, refused);
        }
    }

    /// @param on the interface by name or address; empty: wherever it was joined
    void leave(InetAddress group, String on) throws MulticastJoinError {
        try {
            String network = on.isEmpty() ? "" : interfaces.name(on, group);
            List<Membership> left = joined.keySet().stream()
                    .filter(each -> each.group.equals(group))
                    .filter(each -> network.isEmpty() || each.networkInterface.equals(network))
                    .toList();
            if (left.isEmpty()) {
                throw new IOException("it was not joined there");
            }
            left.forEach(each -> joined.remove(each).run());
        } catch (IOException | RuntimeException refused) {
            throw error(group, on, refused);
        }
    }

    /// The port is closed, and with it all memberships have ended.
    void forget() {
        joined.clear();
    }

    private static MulticastJoinError error(InetAddress group, String on, Exception refused) {
        String said = refused.getMessage();
        return new MulticastJoinError(
                group.getHostAddress(), on, said == null ? refused.getClass().getSimpleName() : said, refused);
    }
}
