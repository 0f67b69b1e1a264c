package bowline.socks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.defer.Deferred;
import bowline.policy.AddressRules;
import bowline.protocol.Address;
import bowline.socks.message.SocksAddress;
import bowline.socks.message.SocksDatagram;
import bowline.socks.message.SocksHost;
import bowline.testing.MemoryReactor;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// RFC 1928 §7, K1: datagrams of an association.
class UdpAssociationTest {
    private final MemoryReactor reactor = new MemoryReactor();
    private final List<String> sent = new ArrayList<>();
    private final Targets targets = new Targets(reactor, AddressRules.PUBLIC_ONLY, Duration.ofSeconds(5));

    private UdpAssociation association(int port) {
        return new UdpAssociation(InetAddress.ofLiteral("192.168.1.9"), port, targets, new UdpAssociation.Ports() {
            @Override
            public void toClient(ByteBuffer data, Address to) {
                sent.add(to + " " + StandardCharsets.ISO_8859_1.decode(data.duplicate()));
            }

            @Override
            public void toTarget(ByteBuffer data, Address to) {
                sent.add(to + " " + StandardCharsets.ISO_8859_1.decode(data.duplicate()));
            }
        });
    }

    private static Address from(String host, int port) {
        return new Address.IPv4(Address.Carrier.UDP, host, port);
    }

    private static final Address CLIENT = from("192.168.1.9", 5000);

    private static ByteBuffer data(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static ByteBuffer to(SocksHost host, int port, String text) {
        return new SocksDatagram(new SocksAddress(host, port), data(text)).bytes();
    }

    private static final SocksHost TARGET = new SocksHost.V4(0x01010101);

    @Test
    @DisplayName("there and back: the header is taken off and put on")
    void thereAndBack() {
        UdpAssociation association = association(0);
        association.atClientsPort(to(TARGET, 53, "query"), CLIENT);
        association.atTargetsPort(data("answer"), from("1.1.1.1", 53));

        assertEquals(List.of("1.1.1.1:53 query", "192.168.1.9:5000 \0\0\0\1\1\1\1\1\0" + "5answer"), sent);
    }

    @Test
    @DisplayName("K1: only the client's own host and port may send, and only those it wrote to may answer")
    void strangers() {
        UdpAssociation association = association(0);
        association.atClientsPort(to(TARGET, 53, "forged"), from("192.168.1.8", 5000));
        association.atTargetsPort(data("early"), from("1.1.1.1", 53));
        association.atClientsPort(to(TARGET, 53, "query"), CLIENT);
        association.atClientsPort(to(TARGET, 53, "another port"), from("192.168.1.9", 5001));
        association.atTargetsPort(data("another port"), from("1.1.1.1", 54));
        association.atTargetsPort(data("another host"), from("1.1.1.2", 53));
        assertEquals(List.of("1.1.1.1:53 query"), sent);

        sent.clear();
        UdpAssociation declared = association(6000);
        declared.atClientsPort(to(TARGET, 53, "not the declared port"), CLIENT);
        assertEquals(List.of(), sent);
    }

    @Test
    @DisplayName("K1: forbidden addresses and names that lead to them, fragments and noise are dropped")
    void dropped() {
        reactor.installResolver(_ -> Deferred.succeed(List.of(InetAddress.ofLiteral("127.0.0.1"))));
        UdpAssociation association = association(0);
        association.atClientsPort(to(new SocksHost.V4(0x7F000001), 53, "x"), CLIENT);
        association.atClientsPort(to(new SocksHost.Name("rebind.example"), 53, "x"), CLIENT);
        association.atClientsPort(to(TARGET, 53, "x").put(2, (byte) 1), CLIENT);
        association.atClientsPort(data("noise"), CLIENT);
        assertEquals(List.of(), sent);
    }

    @Test
    @DisplayName("G2: names are looked up, so many at a time, and not after the end")
    void names() {
        var answers = new ArrayList<Deferred<List<InetAddress>>>();
        reactor.installResolver(_ -> {
            answers.add(new Deferred<>());
            return answers.getLast();
        });
        UdpAssociation association = association(0);
        for (int i = 0; i <= UdpAssociation.LOOKUPS_MAX; i++) {
            association.atClientsPort(to(new SocksHost.Name("a.example"), 53, "x" + i), CLIENT);
        }
        assertEquals(UdpAssociation.LOOKUPS_MAX, answers.size());
        answers.getFirst().callback(List.of(InetAddress.ofLiteral("1.1.1.1")));
        assertEquals(List.of("1.1.1.1:53 x0"), sent);
        association.close();
        association.atClientsPort(to(TARGET, 53, "late"), CLIENT);
        assertEquals(1, sent.size());
        assertEquals(0, reactor.delayedCalls().size());
    }

    @Test
    @DisplayName("G2: the targets that may answer are bounded; the oldest is forgotten")
    void targetsAreBounded() {
        UdpAssociation association = association(0);
        for (int port = 1; port <= UdpAssociation.TARGETS_MAX + 1; port++) {
            association.atClientsPort(to(TARGET, port, "q"), CLIENT);
        }
        sent.clear();
        association.atTargetsPort(data("forgotten"), from("1.1.1.1", 1));
        assertEquals(0, sent.size());
        association.atTargetsPort(data("known"), from("1.1.1.1", 2));
        assertEquals(1, sent.size());
    }
}
