package bowline.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.InvalidAddressError;
import bowline.reactor.DatagramOptions;
import bowline.reactor.UdpPort;
import bowline.reactor.contract.ReactorContract;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What UDP ports can on Linux alone: to be told the local address and to answer from it, and offload.
public abstract class LinuxDatagramContract extends ReactorContract {
    private static final DatagramOptions HERE = DatagramOptions.DEFAULT.on("127.0.0.1");

    private final Listener server = new Listener();
    private final Listener client = new Listener();

    /// Remembers what comes, and does what the test says.
    private static final class Listener extends DatagramProtocol {
        final List<String> heard = new ArrayList<>();
        final List<Address> senders = new ArrayList<>();
        final List<Address> locals = new ArrayList<>();
        Consumer<Listener> whenData = _ -> {};

        @Override
        public void datagramReceived(ByteBuffer datagram, Address from) {
            heard.add(StandardCharsets.UTF_8.decode(datagram).toString());
            senders.add(from);
            locals.add(transport().localAddress());
            whenData.accept(this);
        }
    }

    private static Address at(String host, int port) {
        return host.indexOf(':') < 0
                ? new Address.IPv4(Address.Carrier.UDP, host, port)
                : new Address.IPv6(Address.Carrier.UDP, host, port);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private UdpPort open(Listener protocol, DatagramOptions options) {
        return reactor.listenUdp(0, protocol, options);
    }

    private void stopAfter(Listener listener, int count) {
        listener.whenData = it -> {
            if (it.heard.size() == count) {
                reactor.stop();
            }
        };
    }

    // Local addresses (IP_PKTINFO)

    @ParameterizedTest
    @CsvSource({"'', 127.0.0.1", "'', 127.0.0.2", "::, 127.0.0.3", "::, ::1"})
    @DisplayName("A port on all addresses is told the one that each datagram came to, and answers from it")
    void tellsTheLocalAddress(String on, String to) {
        server.whenData = it -> {
            it.transport()
                    .write(bytes("re"), it.senders.getLast(), it.transport().localAddress());
            // too long to wait for others
            it.transport()
                    .write(
                            ByteBuffer.allocate(3000),
                            it.senders.getLast(),
                            it.transport().localAddress());
        };
        stopAfter(client, 4);
        var port = new int[1];
        run(() -> {
            UdpPort listening = open(server, DatagramOptions.DEFAULT.on(on).withLocalAddresses());
            port[0] = listening.port();
            open(client, DatagramOptions.DEFAULT.on(to.indexOf(':') < 0 ? "127.0.0.1" : "::1"));
            client.transport().write("hello", at(to, port[0]));
            client.transport().write("again", at(to, port[0]));
            assertThat(listening.localAddress()).isNull();
        });

        assertThat(server.locals).containsExactly(at(to, port[0]), at(to, port[0]));
        assertThat(client.senders).containsOnly(at(to, port[0])).hasSize(4);
        assertThat(client.heard).contains("re", "\0".repeat(3000));
        assertThat(client.locals).containsOnlyNulls();
    }

    @Test
    @DisplayName("IPv4: for a group it is our address on the interface; a group is no address to come from")
    void tellsOurAddressForAGroup() {
        stopAfter(server, 2);
        run(() -> {
            var heard = reactor.listenMulticast(0, server, DatagramOptions.DEFAULT.withLocalAddresses());
            var said = reactor.listenMulticast(0, client, DatagramOptions.DEFAULT);
            heard.joinGroup("239.255.77.9", "127.0.0.1");
            said.outgoingInterface("127.0.0.1");
            said.write("to all", at("239.255.77.9", heard.port()));
            said.write(bytes("to one"), at("127.0.0.1", heard.port()), at("239.255.77.9", 0));
        });

        assertThat(server.locals).extracting(Address::host).containsExactly("127.0.0.1", "127.0.0.1");
    }

    @Test
    @DisplayName("UDP-4: an address that is not ours drops the datagram, one of the other version is refused")
    void refusesForeignAddresses() {
        run(() -> {
            UdpPort port = open(client, HERE);
            port.write(bytes("x"), at("127.0.0.1", 9), at("192.0.2.1", 0));
            assertThat(port.droppedDatagrams()).isEqualTo(1);
            assertThatThrownBy(() -> port.write(bytes("x"), at("127.0.0.1", 9), at("::1", 0)))
                    .isInstanceOf(InvalidAddressError.class);
            reactor.stop();
        });
    }

    // Together

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("UDP-4: a flood of all lengths comes and is answered in order, with offload and without")
    void keepsTheOrder(boolean offload) {
        int most = 150;
        DatagramOptions options = offload ? HERE.withSendOffload().withReceiveOffload() : HERE;
        server.whenData = it -> it.transport().write(it.heard.getLast(), it.senders.getLast());
        stopAfter(client, most);
        var sent = new ArrayList<String>();
        run(() -> {
            UdpPort listening = open(server, options);
            open(client, options);
            for (int i = 0; i < most; i++) {
                sent.add(text(i));
                client.transport().write(sent.getLast(), listening.host());
            }
            assertThat(client.transport().droppedDatagrams()).isZero();
        });

        assertThat(server.heard).isEqualTo(sent);
        assertThat(client.heard).isEqualTo(sent);
    }

    /// Runs of equal length, among others that are shorter, longer, too long to wait, and empty.
    private static String text(int i) {
        if (i % 17 == 0) {
            return "";
        }
        String number = String.format("%03d", i);
        return number + "x".repeat(i % 29 == 0 ? 2500 : i % 7 == 0 ? 50 : 100);
    }

    @Test
    @DisplayName("UDP-2: joined datagrams are cut one by one at maxPacketSize")
    void cutsJoined() {
        stopAfter(server, 40);
        run(() -> {
            UdpPort listening = open(server, HERE.withReceiveOffload().maxPacketSize(10));
            open(client, HERE.withSendOffload());
            for (int i = 0; i < 40; i++) {
                client.transport().write("x".repeat(i == 39 ? 5 : 20), listening.host());
            }
        });

        assertThat(server.heard.subList(0, 39)).containsOnly("x".repeat(10));
        assertThat(server.heard.getLast()).isEqualTo("x".repeat(5));
    }

    @Test
    @DisplayName("UDP-5, UDP-9: what goes together to one that is gone is refused, and the port stays open")
    void tellsRefusals() {
        var refused = new int[1];
        var caller = new DatagramProtocol() {
            @Override
            public void connectionRefused() {
                if (refused[0]++ == 0) {
                    transport().write("still here");
                } else {
                    reactor.stop();
                }
            }
        };
        run(() -> {
            UdpPort gone = open(server, HERE);
            int port = gone.port();
            UdpPort from = reactor.listenUdp(0, caller, HERE.withSendOffload());
            gone.stopListening().onSuccess(_ -> {
                from.connect("127.0.0.1", port);
                for (int i = 0; i < 5; i++) {
                    from.write("anybody?");
                }
            });
        });

        assertThat(refused[0]).isEqualTo(2);
    }

    @Test
    @DisplayName("UDP-4: some that cannot be sent are dropped and counted, and keep nobody else back")
    void dropsThoseAlone() {
        stopAfter(server, 6);
        var dropped = new long[1];
        run(() -> {
            UdpPort listening = open(server, HERE);
            UdpPort from = open(client, HERE.withSendOffload());
            for (Address to : List.of(listening.host(), at("127.0.0.1", 0), listening.host())) {
                for (int i = 0; i < 3; i++) {
                    from.write("x" + i, to);
                }
            }
            dropped[0] = from.droppedDatagrams();
        });

        assertThat(server.heard).containsExactly("x0", "x1", "x2", "x0", "x1", "x2");
        assertThat(dropped[0]).isEqualTo(3);
    }

    @Test
    @DisplayName("UDP-6: what waits for the end of the turn is sent before the port closes")
    void sendsBeforeItCloses() {
        stopAfter(server, 3);
        run(() -> {
            UdpPort listening = open(server, HERE);
            UdpPort closing = open(client, HERE.withSendOffload());
            for (int i = 0; i < 3; i++) {
                closing.write("bye", listening.host());
            }
            closing.stopListening();
        });

        assertThat(server.heard).containsExactly("bye", "bye", "bye");
    }
}
