package bowline.socks;

import bowline.policy.AddressRules;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a [SocksServer] treats its clients.
///
/// @param passwords who may come in; null: everybody. With a check, SOCKS 4 is refused: it has no passwords
/// @param requests which requests are carried out
/// @param addresses which addresses may be connected to, and from which connections may come (K1)
/// @param bind whether clients may open ports for one connection each
/// @param bindInterface the local address of such a port; empty: that which the client has reached
/// @param udp whether clients may send datagrams (UDP ASSOCIATE)
/// @param timeouts how long things may take
/// @param maxConnections how many clients there may be at once (G9)
/// @param maxConnectionsPerSource how many of them may come from one address, or one /64 of IPv6 (G9)
public record SocksServerOptions(
        @Nullable PasswordCheck passwords,
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
        if (maxConnections < 1 || maxConnectionsPerSource < 1) {
            throw new IllegalArgumentException("maxConnections " + maxConnections + " or maxConnectionsPerSource "
                    + maxConnectionsPerSource + " is less than 1: nobody could connect");
        }
    }

    /// The same for those only whom `check` lets in.
    public SocksServerOptions passwords(PasswordCheck check) {
        return new SocksServerOptions(
                check,
                requests,
                addresses,
                bind,
                bindInterface,
                udp,
                timeouts,
                maxConnections,
                maxConnectionsPerSource);
    }

    /// The same for those requests only that `check` lets pass.
    public SocksServerOptions requests(RequestCheck check) {
        return new SocksServerOptions(
                passwords,
                check,
                addresses,
                bind,
                bindInterface,
                udp,
                timeouts,
                maxConnections,
                maxConnectionsPerSource);
    }

    /// The same with other rules for addresses.
    public SocksServerOptions addresses(AddressRules rules) {
        return new SocksServerOptions(
                passwords,
                requests,
                rules,
                bind,
                bindInterface,
                udp,
                timeouts,
                maxConnections,
                maxConnectionsPerSource);
    }

    /// The same with or without BIND.
    public SocksServerOptions bind(boolean on) {
        return new SocksServerOptions(
                passwords,
                requests,
                addresses,
                on,
                bindInterface,
                udp,
                timeouts,
                maxConnections,
                maxConnectionsPerSource);
    }

    /// The same with the ports of BIND opened on a local address.
    public SocksServerOptions bindInterface(String address) {
        return new SocksServerOptions(
                passwords, requests, addresses, bind, address, udp, timeouts, maxConnections, maxConnectionsPerSource);
    }

    /// The same with or without UDP ASSOCIATE.
    public SocksServerOptions udp(boolean on) {
        return new SocksServerOptions(
                passwords,
                requests,
                addresses,
                bind,
                bindInterface,
                on,
                timeouts,
                maxConnections,
                maxConnectionsPerSource);
    }

    /// The same with other time-outs.
    public SocksServerOptions timeouts(Timeouts other) {
        return new SocksServerOptions(
                passwords,
                requests,
                addresses,
                bind,
                bindInterface,
                udp,
                other,
                maxConnections,
                maxConnectionsPerSource);
    }

    /// The same with another number of clients.
    public SocksServerOptions maxConnections(int connections) {
        return new SocksServerOptions(
                passwords,
                requests,
                addresses,
                bind,
                bindInterface,
                udp,
                timeouts,
                connections,
                maxConnectionsPerSource);
    }

    /// The same with another number of clients from one source.
    public SocksServerOptions maxConnectionsPerSource(int connections) {
        return new SocksServerOptions(
                passwords, requests, addresses, bind, bindInterface, udp, timeouts, maxConnections, connections);
    }
}
