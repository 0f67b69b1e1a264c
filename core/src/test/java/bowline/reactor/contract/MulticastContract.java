package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.InvalidAddressError;
import bowline.protocol.MulticastJoinError;
import bowline.reactor.DatagramOptions;
import bowline.reactor.MulticastPort;
import bowline.testing.DeferredAssertions;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Multicast groups (UDP-10 to UDP-12).
///
/// Nothing leaves this machine: with IPv4 the groups are joined on the loopback interface; with IPv6, which has no
/// multicast there, on another one, with a hop limit of 0 and groups whose scope is the interface.
public abstract class MulticastContract extends ReactorContract {
    private final DatagramTalker first = new DatagramTalker();
    private final DatagramTalker second = new DatagramTalker();
    private final DatagramTalker sender = new DatagramTalker();

    /// Where a test takes place.
    protected enum Network {
        IPV4("239.255.77.1", "232.77.1.1", ""),
        IPV6("ff11::77:1", "ff31::77:1", "::");

        private final String group;
        private final String sourceGroup;
        private final DatagramOptions options;

        Network(String group, String sourceGroup, String everywhere) {
            this.group = group;
            this.sourceGroup = sourceGroup;
            this.options = DatagramOptions.DEFAULT.on(everywhere).listenMultiple(true);
        }
    }

    /// The interface for groups of this version; the test is skipped where there is none.
    protected String card(Network network) throws SocketException {
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            boolean usable = network == Network.IPV4
                    ? each.isLoopback()
                    : !each.isLoopback() && each.supportsMulticast() && linkLocal(each) != null;
            if (usable && each.isUp()) {
                return each.getName();
            }
        }
        Assumptions.abort("no interface for multicast with " + network);
        throw new AssertionError();
    }

    /// The address on it that is sent from.
    protected String address(Network network) throws SocketException {
        return network == Network.IPV4 ? "127.0.0.1" : linkLocal(NetworkInterface.getByName(card(network)));
    }

    private static String linkLocal(NetworkInterface card) {
        return card.inetAddresses()
                .filter(address -> address instanceof Inet6Address && address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElse(null);
    }

    private Address to(String group, MulticastPort port) {
        return new Address.Hostname(group, port.port());
    }

    private MulticastPort open(Network network, int port, DatagramTalker talker) {
        return reactor.listenMulticast(port, talker, network.options);
    }

    private MulticastPort openSender(Network network) throws Exception {
        MulticastPort port = open(network, 0, sender);
        DeferredAssertions.successResultOf(port.outgoingInterface(card(network)));
        port.ttl(network == Network.IPV4 ? 1 : 0);
        return port;
    }

    private void join(MulticastPort port, String group, String card) {
        Deferred<?> joined = port.joinGroup(group, card);
        if (joined.result() instanceof Failure failure) {
            Assumptions.abort("this machine does not let a port join a group: " + failure.message());
        }
    }

    private void stopWhen(BooleanSupplier done) {
        if (done.getAsBoolean()) {
            reactor.stop();
        } else {
            reactor.callLater(Duration.ofMillis(1), () -> stopWhen(done));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "UDP-10, UDP-11: all who share a port and joined hear the group, and can answer; who left hears no more")
    void hearsAGroup(Network network) throws Exception {
        String card = card(network);
        MulticastPort one = open(network, 0, first);
        MulticastPort two = open(network, one.port(), second);
        MulticastPort from = openSender(network);
        first.onData(it -> it.transport().write("heard " + it.last(), it.from()));
        join(one, network.group, card);
        join(one, network.group, card);
        join(two, network.group, address(network));
        run(() -> {
            from.write("to both", to(network.group, one));
            second.onData(_ ->
                    two.leaveGroup(network.group).onSuccess(_ -> from.write("to one", to(network.group, one))));
            stopWhen(() -> sender.heard.size() == 2);
        });

        assertEquals(List.of("to both", "to one"), first.heard);
        assertEquals(List.of("to both"), second.heard);
        assertEquals(List.of("heard to both", "heard to one"), sender.heard);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("UDP-11, RFC 4607: a group joined for one sender is heard from that one alone")
    void hearsOneSender(Network network) throws Exception {
        String card = card(network);
        MulticastPort one = open(network, 0, first);
        MulticastPort two = open(network, one.port(), second);
        MulticastPort from = openSender(network);
        String other = network == Network.IPV4 ? "127.0.0.2" : "fe80::77";
        DeferredAssertions.successResultOf(one.joinGroup(network.sourceGroup, card, address(network)));
        DeferredAssertions.successResultOf(two.joinGroup(network.sourceGroup, card, other));
        join(two, network.group, card);
        run(() -> {
            from.write("from one", to(network.sourceGroup, one));
            from.write("the end", to(network.group, one));
            stopWhen(() -> !first.heard.isEmpty() && !second.heard.isEmpty());
        });

        assertEquals(List.of("from one"), first.heard);
        assertEquals(List.of("the end"), second.heard);
    }

    @Test
    @DisplayName("UDP-12: ttl 1, loopback on and the system's choice of interface, until told otherwise")
    void hasOptions() throws Exception {
        MulticastPort port = open(Network.IPV4, 0, first);
        assertEquals(1, port.ttl());
        assertTrue(port.loopbackMode());
        assertEquals("", port.outgoingInterface());

        port.ttl(255);
        port.loopbackMode(false);
        DeferredAssertions.successResultOf(port.outgoingInterface(address(Network.IPV4)));
        assertEquals(255, port.ttl());
        assertFalse(port.loopbackMode());
        assertEquals(card(Network.IPV4), port.outgoingInterface());
        assertThrows(IllegalArgumentException.class, () -> port.ttl(256));
        DeferredAssertions.failureResultOf(port.outgoingInterface("no-such-card"), InvalidAddressError.class);
        assertEquals(port, first.multicast());
        run(reactor::stop);

        assertEquals(1, port.ttl(), "closed");
    }

    @Test
    @DisplayName("UDP-12: with loopback off this machine does not hear itself")
    void canBeDeafToItself() throws Exception {
        Network network = Network.IPV6;
        String card = card(network);
        MulticastPort one = open(network, 0, first);
        MulticastPort from = openSender(network);
        join(one, network.group, card);
        run(() -> {
            from.loopbackMode(false);
            from.write("not heard", to(network.group, one));
            from.loopbackMode(true);
            from.write("heard", to(network.group, one));
            stopWhen(() -> !first.heard.isEmpty());
        });

        assertEquals(List.of("heard"), first.heard);
    }

    @Test
    @DisplayName(
            "UDP-11: what is no group, no interface, no name, of the other version, not joined: MulticastJoinError")
    void failsToJoin() throws Exception {
        String card = card(Network.IPV4);
        MulticastPort port = reactor.listenMulticast(0, first);
        reactor.installResolver(_ -> Deferred.succeed(List.of()));
        for (Deferred<?> joining : List.of(
                port.joinGroup("10.0.0.1", card),
                port.joinGroup("239.255.77.1", "no-such-card"),
                port.joinGroup("ff11::77:1", card),
                port.joinGroup("all-poets", card),
                port.joinGroup("239.255.77.1", card, "a-poet"),
                port.leaveGroup("239.255.77.1", card),
                port.leaveGroup("239.255.77.1"))) {
            DeferredAssertions.failureResultOf(joining, MulticastJoinError.class);
        }
        var refused = DeferredAssertions.failureResultOf(port.joinGroup("all-poets"), MulticastJoinError.class);
        assertEquals("multicast group all-poets: there is no such name", refused.message());
        run(reactor::stop);

        DeferredAssertions.failureResultOf(port.joinGroup("239.255.77.1", card), MulticastJoinError.class);
    }

    @Test
    @DisplayName("UDP-11: a group's name is looked up")
    void looksNamesUp() throws Exception {
        String card = card(Network.IPV4);
        MulticastPort port = reactor.listenMulticast(0, first);
        reactor.installResolver(name -> Deferred.succeed(
                name.equals("all-poets") ? List.of(InetAddress.ofLiteral("239.255.77.1")) : List.of()));
        join(port, "all-poets", card);
        DeferredAssertions.successResultOf(port.leaveGroup("239.255.77.1", card));
        run(reactor::stop);
    }

    @Test
    @DisplayName("UDP-11: without an interface the group is joined where the routes lead")
    void choosesAnInterface() {
        MulticastPort port = reactor.listenMulticast(0, first);
        join(port, "239.255.77.1", "");
        DeferredAssertions.successResultOf(port.leaveGroup("239.255.77.1"));
        DeferredAssertions.failureResultOf(port.leaveGroup("239.255.77.1"), MulticastJoinError.class);
        run(reactor::stop);
    }

    @Test
    @DisplayName("UDP-10: without listenMultiple a port is not shared")
    void sharesOnlyIfAsked() {
        MulticastPort alone = reactor.listenMulticast(0, first, DatagramOptions.DEFAULT);
        assertThrows(
                CannotListenError.class,
                () -> reactor.listenMulticast(alone.port(), second, DatagramOptions.DEFAULT.listenMultiple(true)));
        run(reactor::stop);
    }

    @Test
    @DisplayName("UDP-10: an adopted port can join too")
    void joinsWithAnAdoptedPort() throws Exception {
        needsRealSystem("the channel that is adopted is the system's");
        var channel = DatagramChannel.open(StandardProtocolFamily.INET).bind(null);
        join(reactor.adoptDatagramPort(channel, sender, DatagramOptions.DEFAULT), "239.255.77.1", card(Network.IPV4));
        run(reactor::stop);
    }
}
