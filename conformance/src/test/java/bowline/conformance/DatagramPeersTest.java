package bowline.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.defer.Deferred;
import bowline.junit.Program;
import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.MulticastPort;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// UDP and multicast against Twisted, socat and Python's sockets (section 23). Nothing leaves this machine.
class DatagramPeersTest {
    private static final String GROUP = "239.255.77.2";
    private static final String GROUP6 = "ff11::77:2";

    private LiveReactor live;

    @BeforeEach
    void startReactor() {
        live = new LiveReactor();
    }

    @AfterEach
    void stopReactor() {
        live.close();
    }

    private static final class Echo extends DatagramProtocol {
        @Override
        public void datagramReceived(ByteBuffer datagram, Address from) {
            transport().write(datagram, from);
        }
    }

    /// Says one thing after another, each when the one before has been answered.
    private static final class Asking extends DatagramProtocol {
        private final int port;
        private final List<String> questions;
        private final List<String> answers = new ArrayList<>();
        private final Deferred<List<String>> done = new Deferred<>();

        Asking(int port, List<String> questions) {
            this.port = port;
            this.questions = questions;
        }

        @Override
        public void startProtocol() {
            transport().connect("127.0.0.1", port);
            transport().write(questions.getFirst());
        }

        @Override
        public void datagramReceived(ByteBuffer datagram, Address from) {
            answers.add(StandardCharsets.UTF_8.decode(datagram).toString());
            if (answers.size() < questions.size()) {
                transport().write(questions.get(answers.size()));
            } else {
                done.callback(answers);
            }
        }
    }

    private int echo(DatagramOptions options) throws Exception {
        return live.call(() -> live.reactor().listenUdp(0, new Echo(), options).port());
    }

    private static DatagramOptions on(String host) {
        return DatagramOptions.DEFAULT.on(host);
    }

    @Test
    @DisplayName("UDP-2, UDP-4: Twisted's client gets its datagrams back from our echo, the empty one too")
    void ourEchoTheirClient() throws Exception {
        assertEquals("same\n".repeat(4), TwistedPeer.client("udp-echo-client", echo(on("127.0.0.1"))));
    }

    @Test
    @DisplayName("UDP-5: our connected client gets its datagrams back from Twisted's echo, the empty one too")
    void theirEchoOurClient() throws Exception {
        List<String> questions = List.of("hello", "", "ä".repeat(2000), "last");
        try (TwistedPeer server = TwistedPeer.start("udp-echo-server")) {
            assertEquals(questions, live.await(() -> {
                var asking = new Asking(server.port(), questions);
                live.reactor().listenUdp(0, asking, on("127.0.0.1"));
                return asking.done;
            }));
        }
    }

    @Test
    @DisplayName("UDP-1: socat by IPv4 and by IPv6, each to a port of its own and both to one on ::")
    void socat() throws Exception {
        Foreign.require("socat");
        int four = echo(on("127.0.0.1"));
        int six = echo(on("::1"));
        int both = echo(on("::"));
        for (String address : List.of(
                "UDP4:127.0.0.1:" + four, "UDP6:[::1]:" + six, "UDP4:127.0.0.1:" + both, "UDP6:[::1]:" + both)) {
            byte[] said = ("hello by " + address).getBytes(StandardCharsets.US_ASCII);
            // Two seconds for the answer: socat has no other way to know that no more will come.
            Foreign.Result result = Foreign.run(said, "socat", "-t2", "-T2", "-", address);

            assertEquals("hello by " + address, result.text(), result.err());
        }
    }

    @Test
    @DisplayName("UDP-2: what Python sends comes as it is, empty, or cut at maxPacketSize")
    void emptyAndCut() throws Exception {
        int port = echo(on("127.0.0.1").maxPacketSize(8));
        String script = Foreign.script("datagram_peer.py").toString();
        Foreign.Result result = Foreign.run(Foreign.python(), script, "ask", String.valueOf(port));

        assertEquals("5\n0\n8\n", result.text() + result.err());
    }

    @Test
    @DisplayName("UDP-11: we hear what Python says to a group, and Python hears us")
    void group() throws Exception {
        String loopback = NetworkInterface.getByInetAddress(InetAddress.ofLiteral("127.0.0.1"))
                .getName();
        assertEquals("from python", heardFromPython("", GROUP, loopback, "group-say"));
        assertEquals("from us", heardByPython("", GROUP, loopback, 1, "group-hear", "0"));
    }

    @Test
    @DisplayName("UDP-11: the same with IPv6, on an interface that can, with a hop limit of 0")
    void group6() throws Exception {
        String card = cardForIpv6();
        assertEquals("from python", heardFromPython("::", GROUP6, card, "group6-say", card));
        assertEquals("from us", heardByPython("::", GROUP6, card, 0, "group6-hear", "0", card));
    }

    private static String cardForIpv6() throws Exception {
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            boolean linked = each.inetAddresses().anyMatch(it -> it instanceof Inet6Address && it.isLinkLocalAddress());
            if (each.isUp() && !each.isLoopback() && each.supportsMulticast() && linked) {
                return each.getName();
            }
        }
        return Assumptions.abort("no interface for multicast with IPv6");
    }

    private String heardFromPython(String on, String group, String card, String role, String... more) throws Exception {
        var heard = new CompletableFuture<String>();
        var listener = new DatagramProtocol() {
            @Override
            public void datagramReceived(ByteBuffer datagram, Address from) {
                heard.complete(StandardCharsets.UTF_8.decode(datagram).toString());
            }
        };
        MulticastPort port = live.call(() -> live.reactor().listenMulticast(0, listener, on(on)));
        live.await(() -> port.joinGroup(group, card).addCallback(_ -> true));
        Foreign.Result said =
                Foreign.run(python(role, String.valueOf(port.port()), more).toArray(String[]::new));
        assertEquals("", said.err());

        return heard.get(10, TimeUnit.SECONDS);
    }

    private String heardByPython(
            String on, String group, String card, int ttl, String role, String port, String... more) throws Exception {
        MulticastPort from = live.call(() -> live.reactor().listenMulticast(0, new DatagramProtocol(), on(on)));
        live.await(() -> from.outgoingInterface(card).addCallback(_ -> true));
        try (Program python = Program.command(python(role, port, more))) {
            int to = Integer.parseInt(python.await("port (\\d+)").group(1));
            live.call(() -> {
                from.ttl(ttl);
                from.write("from us", new Address.Hostname(group, to));
                return true;
            });
            return python.rest().getLast();
        }
    }

    private static List<String> python(String role, String port, String... more) throws Exception {
        var command = new ArrayList<>(
                List.of(Foreign.python(), Foreign.script("datagram_peer.py").toString(), role, port));
        command.addAll(List.of(more));
        return command;
    }
}
