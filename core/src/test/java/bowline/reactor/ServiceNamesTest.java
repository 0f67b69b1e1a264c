package bowline.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Protocol;
import bowline.testing.MemoryReactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// CON-1: a port may be a service's name.
class ServiceNamesTest {
    @TempDir
    Path folder;

    private Map<String, Integer> read(String text) throws IOException {
        return ServiceNames.read(Files.writeString(folder.resolve("services"), text));
    }

    @Test
    void readsNamesAndOtherNames() throws IOException {
        Map<String, Integer> ports = read("# all services\n\nhttp\t\t8080/tcp\twww WorldWideWeb # not 80\n");

        assertThat(ServiceNames.tcpPort("http", ports)).isEqualTo(8080);
        assertThat(ServiceNames.tcpPort("www", ports)).isEqualTo(8080);
        assertThat(ServiceNames.tcpPort("WORLDWIDEWEB", ports)).isEqualTo(8080);
        assertThat(ports).doesNotContainKeys("#", "not", "80", "8080/tcp");
    }

    @Test
    void readsWhatIsForTcpAndTheFirstOfTwo() throws IOException {
        Map<String, Integer> ports = read("tftp 69/udp\ntwice 1/udp\ntwice 2/tcp\ntwice 3/tcp\n");

        assertThat(ports).doesNotContainKey("tftp").containsEntry("twice", 2);
    }

    @Test
    void leavesOutLinesThatMakeNoSense() throws IOException {
        Map<String, Integer> ports = read("a\nb x/tcp\nc 65536/tcp\nd -1/tcp\ne /tcp\nf 65535/tcp\n\u00ff 1");

        assertThat(ports).doesNotContainKeys("a", "b", "c", "d", "e").containsEntry("f", 65_535);
    }

    @Test
    void readsNoEndlessFile() throws IOException {
        Map<String, Integer> ports = read("\n".repeat(ServiceNames.LINES_MAX - 1) + "last 1/tcp\nbeyond 2/tcp\n");

        assertThat(ports).containsEntry("last", 1).doesNotContainKey("beyond");
    }

    @Test
    void knowsTheWellKnownWithoutAFile() {
        for (Path unreadable : new Path[] {folder.resolve("missing"), folder}) {
            assertThat(ServiceNames.read(unreadable)).containsEntry("http", 80).containsEntry("imaps", 993);
        }
    }

    /// The name is looked up when the connection is asked for, and nothing begins with an unknown one.
    @Test
    void connectsToAService() {
        var reactor = new MemoryReactor();
        var factory = new ClientFactory<Protocol>() {
            @Override
            public Protocol buildProtocol(Address peer) {
                return new Protocol();
            }
        };
        reactor.connectTcp("poet", "http", factory, ConnectOptions.DEFAULT);

        assertThat(reactor.tcpClients())
                .singleElement()
                .satisfies(
                        connector -> assertThat(connector.destination()).isEqualTo(new Address.Hostname("poet", 80)));
        assertThatExceptionOfType(ServiceNameUnknown.class)
                .isThrownBy(() -> reactor.connectTcp("poet", "no-such", factory, ConnectOptions.DEFAULT))
                .withMessageContaining("\"no-such\"")
                .withMessageContaining("give a number");
        assertThat(reactor.tcpClients()).hasSize(1);
    }
}
