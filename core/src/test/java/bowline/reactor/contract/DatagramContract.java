package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import bowline.failure.Debug;
import bowline.log.LogContext;
import bowline.protocol.Address;
import bowline.protocol.AlreadyConnected;
import bowline.protocol.CannotListenError;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.InvalidAddressError;
import bowline.protocol.MessageLengthError;
import bowline.reactor.DatagramOptions;
import bowline.reactor.UdpPort;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// UDP ports (section 23).
public abstract class DatagramContract extends ConnectionContract {
    private static final DatagramOptions HERE = DatagramOptions.DEFAULT.on("127.0.0.1");

    private final DatagramTalker server = new DatagramTalker();
    private final DatagramTalker client = new DatagramTalker();

    @AfterEach
    void noMoreDebugging() {
        Debug.enable(false);
    }

    private UdpPort open(DatagramProtocol protocol) {
        return reactor.listenUdp(0, protocol, HERE);
    }

    private static Address.IPv4 local(int port) {
        return new Address.IPv4(Address.Carrier.UDP, "127.0.0.1", port);
    }

    private void stopWhen(BooleanSupplier done) {
        if (done.getAsBoolean()) {
            reactor.stop();
        } else {
            reactor.callLater(Duration.ofMillis(1), () -> stopWhen(done));
        }
    }

    // Life

    @Test
    @DisplayName("UDP-1, UDP-6, UDP-8, FAC-6: opens at once, says so, starts the protocol; and all of it backwards")
    void opensAndCloses() {
        UdpPort port = open(server);
        int number = port.port();
        assertTrue(number > 0);
        assertEquals(local(number), port.host());
        assertEquals(List.of("start"), server.calls);
        assertSame(port, server.transport());
        assertEquals(List.of("DatagramTalker starting on " + number, "Starting protocol " + server), infos());
        run(() -> {
            var closed = port.stopListening();
            assertFalse(closed.called(), "fires on a later turn");
            assertEquals(List.of("start"), server.calls);
            port.stopListening().onSuccess(_ -> server.calls.add("also closed"));
            closed.onSuccess(_ -> {
                assertEquals(List.of("start", "stop", "also closed"), server.calls);
                assertTrue(port.stopListening().called());
                assertEquals(List.of(), reactor.openChannels());
                reactor.stop();
            });
        });

        assertEquals(List.of("(UDP Port " + number + " Closed)", "Stopping protocol " + server), infos().subList(2, 4));
        assertThrows(IllegalStateException.class, server::transport);
    }

    @Test
    @DisplayName("UDP-1: a port that is taken, an interface that is not here or not in numbers, a number that is none")
    void refusesWhatCannotBe() {
        int taken = open(server).port();

        var refused = assertThrows(CannotListenError.class, () -> reactor.listenUdp(taken, client, HERE));
        assertEquals("udp:" + taken + " on 127.0.0.1", refused.where());
        assertTrue(refused.getMessage().contains("in use"), refused.getMessage());
        assertThrows(CannotListenError.class, () -> reactor.listenUdp(0, client, HERE.on("192.0.2.77")));
        assertThrows(InvalidAddressError.class, () -> reactor.listenUdp(0, client, HERE.on("localhost")));
        assertThrows(IllegalArgumentException.class, () -> reactor.listenUdp(65_536, client));
        assertThrows(IllegalArgumentException.class, () -> HERE.maxPacketSize(0));
        assertThrows(IllegalArgumentException.class, () -> HERE.maxPacketSize(65_536));
        assertEquals(List.of(), client.calls);
        run(reactor::stop);
    }

    @Test
    @DisplayName("FAC-6: a protocol that cannot start, and one that listens already, leave no port open")
    void closesThePortOfAProtocolThatCannotStart() {
        client.onStart(_ -> {
            throw new IllegalStateException("not ready");
        });
        assertThrows(IllegalStateException.class, () -> open(client));
        assertEquals(List.of(), reactor.openChannels());
        assertThrows(IllegalStateException.class, client::transport);

        UdpPort first = open(server);
        assertThrows(IllegalStateException.class, () -> open(server));
        assertEquals(List.of(first), reactor.openChannels());
        assertSame(first, server.transport());
        run(reactor::stop);
    }

    @Test
    @DisplayName("LIS-5: listens again, with the same protocol")
    void listensAgain() {
        UdpPort port = open(server);
        run(() -> port.stopListening().onSuccess(_ -> {
            port.startListening();
            port.startListening();
            reactor.stop();
        }));

        assertEquals(List.of("start", "stop", "start", "stop"), server.calls);
    }

    @Test
    @DisplayName("REA-9: closes with the reactor")
    void closesWithTheReactor() {
        UdpPort port = open(server);
        int number = port.port();
        assertEquals(
                "UDP port 127.0.0.1:" + number + " for DatagramTalker",
                reactor.openChannels().getFirst().toString());
        run(reactor::stop);

        assertTrue(infos().contains("(UDP Port " + number + " Closed)"));
        assertEquals(List.of("start", "stop"), server.calls);
    }

    // Datagrams

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("UDP-2, UDP-4: datagrams keep their borders and tell where they are from; empty ones come too")
    void echoes(boolean debugging) {
        Debug.enable(debugging);
        server.onData(it -> it.transport().write(it.last() + "!", it.from()));
        Address to = open(server).host();
        client.onStart(it -> {
            it.transport().write("one", to);
            it.transport().write("", to);
            it.transport().write("three", to);
        });
        Address from = open(client).host();
        run(() -> stopWhen(() -> client.heard.size() == 3));

        assertEquals(List.of("one", "", "three"), server.heard);
        assertEquals(List.of(from, from, from), server.senders);
        assertEquals(List.of("one!", "!", "three!"), client.heard);
        assertEquals(List.of(to, to, to), client.senders);
    }

    @Test
    @DisplayName("UDP-4: a buffer is taken whole, a lent one is sent as it is, whatever the byte order it was left in")
    void echoesTheLentBuffer() {
        var orders = new ArrayList<ByteOrder>();
        UdpPort echo = open(new DatagramProtocol() {
            @Override
            public void datagramReceived(ByteBuffer datagram, Address from) {
                orders.add(datagram.order());
                datagram.order(ByteOrder.LITTLE_ENDIAN).get();
                datagram.limit(datagram.position() + 2);
                transport().write(datagram, from);
                assertFalse(datagram.hasRemaining());
            }
        });
        client.onStart(it -> {
            it.transport().write("12345", echo.host());
            it.transport().write("abcde", echo.host());
        });
        open(client);
        run(() -> stopWhen(() -> client.heard.size() == 2));

        assertEquals(List.of("23", "bc"), client.heard);
        assertEquals(List.of(ByteOrder.BIG_ENDIAN, ByteOrder.BIG_ENDIAN), orders);
    }

    @Test
    @DisplayName("decision 2: with debugging on, a lent datagram that was kept is overwritten")
    void poisonsWhatIsKept() {
        Debug.enable(true);
        var kept = new ArrayList<ByteBuffer>();
        UdpPort port = open(new DatagramProtocol() {
            @Override
            public void datagramReceived(ByteBuffer datagram, Address from) {
                kept.add(datagram);
            }
        });
        client.onStart(it -> it.transport().write("kept", port.host()));
        open(client);
        run(() -> stopWhen(() -> !kept.isEmpty()));

        assertEquals((byte) 0xDB, kept.getFirst().get(0));
    }

    @Test
    @DisplayName("UDP-2: what is longer than maxPacketSize is cut there, and does not spill into the next")
    void cutsWhatIsTooLong() {
        UdpPort port = reactor.listenUdp(0, server, HERE.maxPacketSize(4));
        client.onStart(it -> {
            it.transport().write("four", port.host());
            it.transport().write("five5", port.host());
            it.transport().write("end", port.host());
        });
        open(client);
        run(() -> stopWhen(() -> server.heard.size() == 3));

        assertEquals(List.of("four", "five", "end"), server.heard);
    }

    @Test
    @DisplayName("UDP-2, UDP-8: an exception is logged under the port's name, and the port goes on")
    void goesOnAfterAnException() {
        server.onData(it -> {
            assertEquals("DatagramTalker (UDP)", LogContext.current().system());
            throw new IllegalStateException(it.last());
        });
        UdpPort port = open(server);
        client.onStart(it -> {
            it.transport().write("first", port.host());
            it.transport().write("second", port.host());
        });
        open(client);
        run(() -> stopWhen(() -> server.heard.size() == 2));

        assertEquals(List.of("Unhandled Error", "Unhandled Error"), criticalTexts());
        assertEquals(List.of("first", "second"), LifeContract.messages(takeCriticals()));
    }

    @Test
    @DisplayName(
            "UDP-6: a protocol that stops its port hears nothing more, not even what waits, and its writes are ignored")
    void hearsNothingOnceStopped() {
        server.onData(it -> {
            it.transport().stopListening().onSuccess(_ -> reactor.stop());
            it.transport().write("ignored", it.from());
        });
        UdpPort port = open(server);
        client.onStart(it -> {
            it.transport().write("1", port.host());
            it.transport().write("2", port.host());
        });
        open(client);
        run();

        assertEquals(List.of("1"), server.heard);
        assertEquals(List.of(), client.heard);
    }

    @Test
    @DisplayName("UDP-4: names, the other family, ports without an Internet address, short forms: InvalidAddressError")
    void refusesAddressesItCannotUse() {
        UdpPort v4 = open(server);
        for (Address address : List.of(
                new Address.Hostname("localhost", 9),
                new Address.IPv4(Address.Carrier.UDP, "localhost", 9),
                new Address.IPv4(Address.Carrier.UDP, "127.1", 9),
                new Address.IPv4(Address.Carrier.UDP, "", 9),
                new Address.IPv6(Address.Carrier.UDP, "::1", 9),
                new Address.Unix("/tmp/x"))) {
            assertThrows(InvalidAddressError.class, () -> v4.write("x", address), address.toString());
        }
        assertThrows(InvalidAddressError.class, () -> v4.connect("localhost", 9));
        assertThrows(InvalidAddressError.class, () -> v4.connect("::1", 9));

        UdpPort v6 = reactor.listenUdp(0, client, HERE.on("::1"));
        assertThrows(InvalidAddressError.class, () -> v6.write("x", local(9)));
        assertEquals(0, v4.droppedDatagrams() + v6.droppedDatagrams());
        run(reactor::stop);
    }

    @Test
    @DisplayName(
            "UDP-4: too long for UDP, and too long for this version of IP: MessageLengthError, and the bytes remain")
    void refusesWhatIsTooLong() {
        UdpPort port = open(server);
        for (int length : new int[] {65_508, 65_528, 1_000_000}) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            var refused = assertThrows(MessageLengthError.class, () -> port.write(bytes, local(9)));
            assertEquals(length, refused.lengthBytes());
            assertEquals(length, bytes.remaining());
        }
        UdpPort big = reactor.listenUdp(0, client, HERE.maxPacketSize(65_535));
        port.write("x".repeat(65_507), big.host());
        run(() -> stopWhen(() -> !client.heard.isEmpty()));

        assertEquals(65_507, client.last().length());
    }

    @Test
    @DisplayName("UDP-4, UDP-7: what the system does not send is dropped, counted, and told once in the log")
    void countsWhatItDrops() {
        UdpPort port = open(server);
        assertFalse(port.broadcastAllowed());
        port.write("x", new Address.Hostname("<broadcast>", 9));
        port.write("x", new Address.Hostname("255.255.255.255", 9));
        port.write("x", local(0));
        assertEquals(3, port.droppedDatagrams());
        assertEquals(
                1,
                infos().stream()
                        .filter(it -> it.startsWith("dropped a datagram to "))
                        .count());

        port.broadcastAllowed(true);
        assertTrue(port.broadcastAllowed());
        run(reactor::stop);
    }

    @Test
    @DisplayName("UDP-4: refusals of a port that is not connected are ignored")
    void ignoresRefusalsUnlessConnected() throws Exception {
        int closed = closedPort();
        UdpPort port = open(server);
        run(() -> {
            for (int i = 0; i < 5; i++) {
                port.write("x", local(closed));
            }
            reactor.callLater(Duration.ofMillis(20), reactor::stop);
        });

        assertEquals(List.of("start", "stop"), server.calls);
    }

    private static int closedPort() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    // Connected

    @Test
    @DisplayName("UDP-5: a connected port needs no address, hears its peer alone, and cannot be connected twice")
    void connects() {
        server.onData(it -> it.transport().write("to " + it.last(), it.from()));
        Address to = open(server).host();
        UdpPort port = open(client);
        assertNull(port.connectedTo());
        assertThrows(IllegalStateException.class, () -> port.write("nobody"));
        port.connect("127.0.0.1", ((Address.IPv4) to).port());
        assertEquals(to, port.connectedTo());
        assertThrows(AlreadyConnected.class, () -> port.connect("127.0.0.1", 9));
        assertThrows(IllegalArgumentException.class, () -> port.write("x", local(9)));

        UdpPort stranger = open(new DatagramTalker());
        stranger.write("not heard", port.host());
        port.write("");
        stranger.write("not heard either", port.host());
        port.write("1");
        port.write("2", to);
        run(() -> stopWhen(() -> client.heard.size() == 3));

        assertEquals(List.of("to ", "to 1", "to 2"), client.heard);
        assertEquals(List.of(port.host(), port.host(), port.host()), server.senders);
    }

    @Test
    @DisplayName("UDP-9: a refusal is told to a connected port, which stays open and is told again")
    void isToldOfRefusals() throws Exception {
        int closed = closedPort();
        client.onRefused(it -> {
            assertEquals("DatagramTalker (UDP)", LogContext.current().system());
            if (it.calls.equals(List.of("start", "refused", "refused"))) {
                reactor.stop();
            } else {
                it.transport().write("again");
            }
        });
        UdpPort port = open(client);
        run(() -> {
            port.connect("127.0.0.1", closed);
            port.write("anybody?");
        });

        assertEquals(List.of("start", "refused", "refused", "stop"), client.calls);
    }

    @Test
    @DisplayName("UDP-9, TRA-12: a refusal that a write meets is told later, and the datagram goes all the same")
    void sendsInSpiteOfAnEarlierRefusal() throws Exception {
        needsRealSystem("it counts on a refusal that comes within the call");
        int closed = closedPort();
        UdpPort port = open(client);
        client.onRefused(_ -> assertEquals(1, reopened.size(), "not from inside the write"));
        run(() -> {
            port.connect("127.0.0.1", closed);
            port.write("to nobody");
            reactor.listenUdp(closed, server, HERE);
            port.write("to the server");
            reopened.add("wrote");
            stopWhen(() -> !server.heard.isEmpty() && client.calls.contains("refused"));
        });

        assertEquals(List.of("to the server"), server.heard);
        assertEquals(0, port.droppedDatagrams());
    }

    private final List<String> reopened = new ArrayList<>();

    // Fairness

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8192})
    @DisplayName("UDP-3: a port that talks to itself without end yields after 262144 bytes or 1000 datagrams")
    void readsABoundedShare(int length) {
        needsRealSystem("it counts on datagrams that arrive within the call");
        var turn = new AtomicInteger();
        var perTurn = new ArrayList<Integer>();
        String text = "x".repeat(length);
        int underWay = length == 8192 ? 1 : 64; // a backend that reads many at once yields when fewer wait
        server.onStart(it -> {
            for (int i = 0; i < underWay; i++) {
                it.transport().write(text, it.transport().host());
            }
        });
        server.onData(it -> {
            while (perTurn.size() <= turn.get()) {
                perTurn.add(0);
            }
            perTurn.set(turn.get(), perTurn.get(turn.get()) + 1);
            it.transport().write(text, it.transport().host());
        });
        open(server);
        run(() -> countTurns(turn, 20));

        int most = perTurn.stream().mapToInt(Integer::intValue).max().orElse(0);
        if (length == 8192 && readsMany()) {
            assertTrue(most <= 32, "datagrams a turn: " + perTurn);
        } else {
            assertEquals(length == 8192 ? 32 : 1000, most, "datagrams a turn: " + perTurn);
        }
    }

    @Test
    @DisplayName("what the JDK's sockets cannot is refused, and the message says who can")
    void refusesWhatItCannot() {
        assumeFalse(readsMany(), "the backend can");
        UdpPort port = open(server);
        for (DatagramOptions options :
                List.of(HERE.withLocalAddresses(), HERE.withSendOffload(), HERE.withReceiveOffload())) {
            var refused =
                    assertThrows(UnsupportedOperationException.class, () -> reactor.listenUdp(0, client, options));
            assertTrue(refused.getMessage().contains("bowline.linux"), refused.getMessage());
        }
        assertThrows(
                UnsupportedOperationException.class, () -> port.write(ByteBuffer.allocate(1), port.host(), local(9)));
        assertNull(port.localAddress());
        run(reactor::stop);
    }

    /// Whether the backend reads all that wait by one call, and not those that come while it hands them out.
    protected boolean readsMany() {
        return false;
    }

    private void countTurns(AtomicInteger turn, int last) {
        if (turn.incrementAndGet() >= last) {
            reactor.stop();
        } else {
            reactor.callLater(Duration.ZERO, () -> countTurns(turn, last));
        }
    }

    @Test
    @DisplayName("UDP-3, LOP-5: a thousand datagrams a turn, each answered, leave a TCP echo its turns")
    void doesNotStarveTcp() {
        needsRealSystem("it counts on datagrams that arrive within the call");
        int roundTrips = 50;
        var turn = new AtomicInteger();
        var answered = new AtomicInteger();
        UdpPort flooded = open(new DatagramProtocol() {
            @Override
            public void datagramReceived(ByteBuffer datagram, Address from) {
                answered.incrementAndGet();
                transport().write(datagram, from);
            }
        });
        UdpPort flood = open(new DatagramProtocol());

        listen(new Talker().onData(it -> it.say("o")));
        var talker = new Talker().onMade(it -> it.say("o"));
        talker.onData(it -> {
            if (it.heard.size() == roundTrips) {
                reactor.stop();
            } else {
                it.say("o");
            }
        });
        connect(talker);
        run(() -> floodEachTurn(turn, flood, flooded));

        assertEquals(roundTrips, talker.heard.size());
        assertTrue(turn.get() <= 4 * roundTrips + 10, "turns for " + roundTrips + " round trips: " + turn);
        assertTrue(answered.get() >= 10_000, "datagrams answered meanwhile: " + answered);
    }

    private void floodEachTurn(AtomicInteger turn, UdpPort flood, UdpPort flooded) {
        turn.incrementAndGet();
        for (int i = 0; i < 1000; i++) {
            flood.write("flood", flooded.host());
        }
        reactor.callLater(Duration.ZERO, () -> floodEachTurn(turn, flood, flooded));
    }

    // Adopted

    @Test
    @DisplayName("UDP-1: adopts a channel that is bound, connected or not, and closes it in the end")
    void adopts() throws Exception {
        needsRealSystem("it brings channels of the system");
        server.onData(it -> it.transport().write("got " + it.last(), it.from()));
        var bound = DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        UdpPort port = reactor.adoptDatagramPort(bound, server, DatagramOptions.DEFAULT);
        var connected = DatagramChannel.open().connect(bound.getLocalAddress());
        UdpPort asking = reactor.adoptDatagramPort(connected, client, DatagramOptions.DEFAULT);
        assertEquals(port.host(), asking.connectedTo());
        asking.write("it");
        run(() -> stopWhen(() -> !client.heard.isEmpty()));

        assertEquals(List.of("got it"), client.heard);
        assertFalse(bound.isOpen());
        assertFalse(connected.isOpen());
    }

    @Test
    @DisplayName("UDP-1: adopts neither what is not bound nor what is closed")
    void adoptsNoOther() throws Exception {
        needsRealSystem("it brings channels of the system");
        try (var unbound = DatagramChannel.open()) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> reactor.adoptDatagramPort(unbound, server, DatagramOptions.DEFAULT));
            unbound.close();
            assertThrows(
                    CannotListenError.class, () -> reactor.adoptDatagramPort(unbound, server, DatagramOptions.DEFAULT));
        }
        run(reactor::stop);
    }

    // Both families

    @Test
    @DisplayName("UDP-1: an IPv6 literal is a port of IPv6, and :: is one of both")
    void speaksIpv6() throws Exception {
        server.onData(it -> it.transport().write("got " + it.last(), it.from()));
        UdpPort both = reactor.listenUdp(0, server, HERE.on("::"));
        UdpPort six = reactor.listenUdp(0, client, HERE.on("::1"));
        six.write("six", new Address.IPv6(Address.Carrier.UDP, "::1", both.port()));
        var four = new DatagramTalker();
        open(four).write("four", local(both.port()));
        run(() -> stopWhen(() -> !client.heard.isEmpty() && !four.heard.isEmpty()));

        assertEquals(List.of("got six"), client.heard);
        assertEquals(List.of("got four"), four.heard);
        assertTrue(server.senders.contains(new Address.IPv6(Address.Carrier.UDP, "::1", six.port())));
    }

    @Test
    @DisplayName("UDP-2: with many peers each datagram is answered to its own sender")
    void tellsManyPeersApart() throws Exception {
        int count = 600; // more than are remembered at once
        server.onData(it -> it.transport().write(it.last(), it.from()));
        Address to = open(server).host();
        var peers = new ArrayList<DatagramTalker>();
        for (int i = 0; i < count; i++) {
            var peer = new DatagramTalker();
            peers.add(peer);
            open(peer);
        }
        var round = new AtomicInteger();
        run(() -> askAll(peers, to, round));

        for (int i = 0; i < count; i++) {
            assertEquals(List.of("0:" + i, "1:" + i, "2:" + i), peers.get(i).heard);
        }
    }

    /// A few at a time, so that nothing is lost in a full buffer.
    private void askAll(List<DatagramTalker> peers, Address to, AtomicInteger next) {
        int rounds = 3;
        int done = next.get();
        if (done > 0 && peers.get((done - 1) % peers.size()).heard.size() <= (done - 1) / peers.size()) {
            reactor.callLater(Duration.ZERO, () -> askAll(peers, to, next));
            return;
        }
        if (done == rounds * peers.size()) {
            reactor.stop();
            return;
        }
        int until = Math.min(done + 50, rounds * peers.size());
        for (int i = done; i < until; i++) {
            DatagramTalker peer = peers.get(i % peers.size());
            peer.transport().write(i / peers.size() + ":" + i % peers.size(), to);
        }
        next.set(until);
        reactor.callLater(Duration.ZERO, () -> askAll(peers, to, next));
    }

    @Test
    @DisplayName("REA-50: with debugging on, a write from another thread is refused")
    void refusesOtherThreads() throws Exception {
        needsRealSystem("it calls from a thread of the system");
        Debug.enable(true);
        UdpPort port = open(server);
        run(() -> {
            var thrown = new ArrayList<Throwable>();
            Thread other = Thread.ofPlatform().start(() -> {
                try {
                    port.write("x", local(9));
                } catch (Throwable refused) {
                    thrown.add(refused);
                }
            });
            other.join();
            assertEquals(IllegalStateException.class, thrown.getFirst().getClass());
            reactor.stop();
        });
    }

    @Test
    @DisplayName("UDP-4: a JDK socket is answered too: the from-address is the one to answer to")
    void answersAPlainSocket() throws Exception {
        needsRealSystem("its peer is a socket of the system");
        server.onData(it -> {
            it.transport().write("got " + it.last(), it.from());
            reactor.stop();
        });
        UdpPort port = open(server);
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.send(new DatagramPacket(
                    new byte[] {'h', 'i'}, 2, new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port())));
            run();
            var answer = new DatagramPacket(new byte[20], 20);
            socket.setSoTimeout(5000);
            socket.receive(answer);

            assertEquals("got hi", new String(answer.getData(), 0, answer.getLength(), "US-ASCII"));
        }
    }
}
