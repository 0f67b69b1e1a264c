package bowline.socks;

import bowline.cred.Anonymous;
import bowline.cred.CredentialsChecker;
import bowline.cred.Portal;
import bowline.cred.UsernamePassword;
import bowline.policy.AddressRules;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How a [SocksServer] treats its clients.
///
/// @param portal who may come in; null: everybody. Where it wants passwords, SOCKS 4 is refused: it has none
/// @param requests which requests are carried out
/// @param addresses which addresses may be connected to, and from which connections may come (K1)
/// @param bind whether clients may open ports for one connection each
/// @param bindInterface the local address of such a port; empty: that which the client has reached
/// @param udp whether clients may send datagrams (UDP ASSOCIATE)
/// @param timeouts how long things may take
/// @param maxConnections how many clients there may be at once (G9)
/// @param maxConnectionsPerSource how many of them may come from one address, or one /64 of IPv6 (G9)
public record SocksServerOptions(
        @Nullable Portal portal,
        RequestCheck requests,
        AddressRules addresses,
        boolean bind,
        String bindInterface,
        boolean udp,
        Timeouts timeouts,
        int maxConnections,
        int maxConnectionsPerSource) {

    /// Everybody, every request, public addresses only, BIND and UDP, 1 000 clients, 100 from one source.
    public static final SocksServerOptions USUAL = new SocksServerOptions(
            null, RequestCheck.ALL, AddressRules.PUBLIC_ONLY, true, "", true, Timeouts.USUAL, 1_000, 100);

    /// How long things may take.
    ///
    /// @param handshake from the first byte awaited to the request judged, however slowly bytes trickle (G6)
    /// @param connect the look-up and all attempts to connect
    /// @param bind how long a port stays open for the one connection
    /// @param idle how long a relay may rest in both directions
    public record Timeouts(Duration handshake, Duration connect, Duration bind, Duration idle) {

        /// 10 s, 30 s, 1 min, 10 min.
        public static final Timeouts USUAL = new Timeouts(
                Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(10));

        /// Checks that all are positive.
        public Timeouts {
            if (!handshake.isPositive() || !connect.isPositive() || !bind.isPositive() || !idle.isPositive()) {
                throw new IllegalArgumentException("time-outs are more than nothing, not handshake " + handshake
                        + ", connect " + connect + ", bind " + bind + ", idle " + idle);
            }
        }

        /// The same with another time for the handshake.
        public Timeouts handshake(Duration time) {
            return new Timeouts(time, connect, bind, idle);
        }

        /// The same with another time for connecting.
        public Timeouts connect(Duration time) {
            return new Timeouts(handshake, time, bind, idle);
        }

        /// The same with another time for an open port.
        public Timeouts bind(Duration time) {
            return new Timeouts(handshake, connect, time, idle);
        }

        /// The same with another time for an idle relay.
        public Timeouts idle(Duration time) {
            return new Timeouts(handshake, connect, bind, time);
        }
    }

    /// Checks the numbers.
    public SocksServerOptions {
        Objects.requireNonNull(requests);
        Objects.requireNonNull(addresses);
        Objects.requireNonNull(timeouts);
        if (portal != null && !portal.takes(UsernamePassword.class) && !portal.takes(Anonymous.class)) {
            throw new IllegalArgumentException(
                    "nobody could log in: SOCKS can ask for passwords or for nothing, and the"
                            + " portal takes neither but " + portal.credentialInterfaces());
        }
        if (maxConnections < 1 || maxConnectionsPerSource < 1) {
            throw new IllegalArgumentException("maxConnections " + maxConnections + " or maxConnectionsPerSource "
                    + maxConnectionsPerSource + " is less than 1: nobody could connect");
        }
    }

    /// The same for those only whom one of `checkers` knows; they may ask for everything. The checkers take
    /// passwords, or let everybody in.
    public SocksServerOptions checkers(List<CredentialsChecker> checkers) {
        return portal(new Portal(SocksServer.EVERYTHING, checkers.toArray(CredentialsChecker[]::new)));
    }

    /// The same for those only whom `door` lets in; their avatar, a [RequestCheck], says what they may ask for.
    /// The mind is the client's [bowline.protocol.Address].
    public SocksServerOptions portal(Portal door) {
        return with(change -> change.portal = door);
    }

    /// The same for those requests only that `check` lets pass.
    public SocksServerOptions requests(RequestCheck check) {
        return with(change -> change.requests = check);
    }

    /// The same with other rules for addresses.
    public SocksServerOptions addresses(AddressRules rules) {
        return with(change -> change.addresses = rules);
    }

    /// The same with or without BIND.
    public SocksServerOptions bind(boolean on) {
        return with(change -> change.bind = on);
    }

    /// The same with the ports of BIND opened on a local address.
    public SocksServerOptions bindInterface(String address) {
        return with(change -> change.bindInterface = address);
    }

    /// The same with or without UDP ASSOCIATE.
    public SocksServerOptions udp(boolean on) {
        return with(change -> change.udp = on);
    }

    /// The same with other time-outs.
    public SocksServerOptions timeouts(Timeouts other) {
        return with(change -> change.timeouts = other);
    }

    /// The same with another number of clients.
    public SocksServerOptions maxConnections(int connections) {
        return with(change -> change.maxConnections = connections);
    }

    /// The same with another number of clients from one source.
    public SocksServerOptions maxConnectionsPerSource(int connections) {
        return with(change -> change.maxConnectionsPerSource = connections);
    }

    private SocksServerOptions with(Consumer<Change> difference) {
        var change = new Change(this);
        difference.accept(change);
        return change.made();
    }

    /// The components on their way from one record to the next.
    private static final class Change {
        private @Nullable Portal portal;
        private RequestCheck requests;
        private AddressRules addresses;
        private boolean bind;
        private String bindInterface;
        private boolean udp;
        private Timeouts timeouts;
        private int maxConnections;
        private int maxConnectionsPerSource;

        Change(SocksServerOptions from) {
            portal = from.portal;
            requests = from.requests;
            addresses = from.addresses;
            bind = from.bind;
            bindInterface = from.bindInterface;
            udp = from.udp;
            timeouts = from.timeouts;
            maxConnections = from.maxConnections;
            maxConnectionsPerSource = from.maxConnectionsPerSource;
        }

        SocksServerOptions made() {
            return new SocksServerOptions(
                    portal,
                    requests,
                    addresses,
                    bind,
                    bindInterface,
                    udp,
                    timeouts,
                    maxConnections,
                    maxConnectionsPerSource);
        }
    }
}
