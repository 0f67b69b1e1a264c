package bowline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bowline.protocol.Address;
import bowline.service.ServerService;
import bowline.service.Service;
import bowline.service.ServiceArguments;
import bowline.service.ServiceGroup;
import bowline.service.UsageError;
import bowline.testing.MemoryReactor;
import bowline.testing.MemoryTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `bowline portforward`: what its words make of the forward.
class PortForwardMakerTest {
    private final Console console = new Console();
    private MemoryReactor reactor = new MemoryReactor();

    private ServiceGroup make(String... words) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            given.computeIfAbsent(words[i], _ -> new ArrayList<>()).add(words[i + 1]);
        }
        var maker = new PortForwardMaker();
        return assertInstanceOf(
                ServiceGroup.class, maker.makeService(ServiceArguments.of(maker.options(), given), reactor));
    }

    /// From port 8080 to `10.0.0.7:80`, running.
    private void start(String... more) {
        reactor = new MemoryReactor();
        var words = new ArrayList<>(List.of("listen", "tcp:8080", "to", "tcp:10.0.0.7:80"));
        words.addAll(List.of(more));
        make(words.toArray(String[]::new)).start();
    }

    private MemoryTransport client(String host) throws Exception {
        return reactor.tcpServers().getFirst().connect(new Address.IPv4(Address.Carrier.TCP, host, 4000));
    }

    private MemoryTransport target() {
        return reactor.tcpClients().getLast().succeed();
    }

    private void refused(String complaint, String advice, String... more) {
        UsageError refusal = assertThrows(UsageError.class, () -> start(more));
        assertThat(refusal).hasMessageContaining(complaint);
        assertThat(refusal.advice()).contains(advice);
    }

    @Test
    @DisplayName("RUN-8: --help has options, defaults and examples")
    void help() {
        console.makers.add(new PortForwardMaker());
        assertEquals(0, console.run("portforward", "--help"));
        assertThat(console.out())
                .contains("--listen=ENDPOINT")
                .contains("--to=ENDPOINT")
                .contains("Default: 30s.")
                .contains("--drain=TIME")
                .contains("bowline portforward --listen tcp:8080 --to tcp:10.0.0.7:80 --send-proxy v2");
    }

    @Test
    @DisplayName("FWD-1: from --listen to --to, both ways")
    void forwards() throws Exception {
        start();
        assertEquals(8080, reactor.tcpServers().getFirst().port());
        MemoryTransport client = client("10.0.0.1");
        assertEquals("10.0.0.7:80", reactor.tcpClients().getLast().destination().toString());
        MemoryTransport target = target();
        client.deliver("question");
        target.deliver("answer");
        assertEquals("question", target.text());
        assertEquals("answer", client.text());
    }

    @Test
    @DisplayName("--listen and --to in pairs, each with limits of its own")
    void pairs() throws Exception {
        start("listen", "tcp:2525", "to", "tcp:10.0.0.8:25", "max-connections", "1");
        client("10.0.0.1");
        assertEquals("10.0.0.7:80", reactor.tcpClients().getLast().destination().toString());
        MemoryTransport second = reactor.tcpServers().get(1).connect();
        assertEquals("10.0.0.8:25", reactor.tcpClients().getLast().destination().toString());
        assertThat(second.disconnected()).isFalse();
        refused("--listen is given 2 times and --to 1 times", "one --to for each", "listen", "tcp:1");
        refused("--listen is given 1 times and --to 2 times", "one --to for each", "to", "tcp:10.0.0.8:1");
    }

    @ParameterizedTest
    @CsvSource({"20000, 20000", "20k, 20000", "20K, 20000", "1m, 1000000", "1G, 1000000000"})
    @DisplayName("--rate: each connection for itself and each way, after a burst of a tenth of a second or 16 KiB")
    void rate(String text, int bytesPerSecond) throws Exception {
        start("rate", text);
        int burst = Math.max(16_384, bytesPerSecond / 10);
        byte[] said = new byte[Math.min(bytesPerSecond, 4_000_000)];
        MemoryTransport one = client("10.0.0.1");
        MemoryTransport first = target();
        MemoryTransport other = client("10.0.0.2");
        MemoryTransport second = target();
        one.deliver(said);
        second.deliver(said);
        assertEquals(Math.min(burst, said.length), first.value().length);
        assertEquals(Math.min(burst, said.length), other.value().length);
        pump(Duration.ofSeconds(1));
        assertEquals(said.length, first.value().length);
        assertEquals(said.length, other.value().length);
    }

    /// A loop that turns every millisecond.
    private void pump(Duration time) {
        for (int i = 0; i < time.toMillis(); i++) {
            reactor.advance(Duration.ofMillis(1));
        }
    }

    @Test
    @DisplayName("--rate holds a stream to its bytes a second, no more and no less")
    void rateIsExact() throws Exception {
        start("rate", "50k");
        MemoryTransport client = client("10.0.0.1");
        MemoryTransport target = target();
        client.deliver(new byte[1_000_000]);
        int before = target.value().length;
        pump(Duration.ofSeconds(3));
        assertThat(target.value().length - before).isBetween(150_000 - 16_384, 150_000 + 16_384);
    }

    @Test
    @DisplayName("--total-rate: all connections together, by turns")
    void totalRate() throws Exception {
        start("total-rate", "20k");
        MemoryTransport one = client("10.0.0.1");
        MemoryTransport first = target();
        MemoryTransport other = client("10.0.0.2");
        MemoryTransport second = target();
        one.deliver(new byte[200_000]);
        other.deliver(new byte[200_000]);
        pump(Duration.ofSeconds(4));
        assertThat(first.value().length + second.value().length).isBetween(80_000, 80_000 + 2 * 16_384);
        assertThat(first.value().length - second.value().length).isBetween(-16_384, 16_384);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate", "total-rate"})
    @DisplayName("a rate that is none")
    void badRates(String option) {
        for (String rate : new String[] {
            "0", "-1", "", "k", "5t", "ten", "1.5m", "9g", "10000000000000000000k", "99999999999999999g", " 5", "5 k"
        }) {
            refused("--" + option + " \"" + rate + "\" is no rate", "9600, 500k or 10m", option, rate);
        }
    }

    @Test
    @DisplayName("HAP-2, HAP-3: --send-proxy v1 and v2, and nothing without it")
    void sendProxy() throws Exception {
        start();
        client("192.0.2.1");
        assertEquals("", target().text());
        start("send-proxy", "v1");
        client("192.0.2.1");
        assertThat(target().text()).startsWith("PROXY TCP4 192.0.2.1 ").endsWith(" 4000 8080\r\n");
        start("send-proxy", "v2");
        client("192.0.2.1");
        assertThat(target().value()).startsWith(0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 'Q', 'U', 'I', 'T', 0x0A);
        for (String version : new String[] {"1", "v3", "V1", ""}) {
            refused("--send-proxy \"" + version + "\" is no version", "v1 or v2", "send-proxy", version);
        }
    }

    @Test
    @DisplayName("HAP-1: behind haproxy: limits by source count the clients, not the proxy")
    void behindAProxy() throws Exception {
        make("listen", "haproxy:tcp:8080", "to", "tcp:10.0.0.7:80", "max-connections-per-source", "1")
                .start();
        for (String source : new String[] {"192.0.2.1", "192.0.2.2"}) {
            MemoryTransport client = client("127.0.0.1");
            client.deliver("PROXY TCP4 " + source + " 192.0.2.9 5 6\r\nhello");
            MemoryTransport target = target();
            reactor.advance(Duration.ZERO);
            assertEquals("hello", target.text());
        }
        MemoryTransport again = client("127.0.0.1");
        again.deliver("PROXY TCP4 192.0.2.2 192.0.2.9 7 8\r\nhello");
        assertThat(again.disconnecting()).isTrue();
    }

    @Test
    @DisplayName("G6: --connect-timeout")
    void connectTimeout() throws Exception {
        start("connect-timeout", "5s");
        MemoryTransport client = client("10.0.0.1");
        reactor.advance(Duration.ofMillis(4999));
        assertThat(client.disconnecting()).isFalse();
        reactor.advance(Duration.ofMillis(1));
        assertThat(client.disconnecting()).isTrue();
        refused("--connect-timeout \"0\" is no time to connect in", "as in 30s", "connect-timeout", "0");
        refused("--connect-timeout \"soon\" is not a length of time", "30s", "connect-timeout", "soon");
    }

    @Test
    @DisplayName("G6: --idle-timeout, and 0 for none")
    void idleTimeout() throws Exception {
        start("idle-timeout", "10s");
        MemoryTransport client = client("10.0.0.1");
        MemoryTransport target = target();
        reactor.advance(Duration.ofSeconds(10));
        assertThat(client.disconnecting() && target.disconnecting()).isTrue();
        start("idle-timeout", "0");
        MemoryTransport patient = client("10.0.0.1");
        target();
        reactor.advance(Duration.ofDays(365));
        assertThat(patient.disconnecting()).isFalse();
        refused("--idle-timeout \"-1s\" is not a length of time", "30s", "idle-timeout", "-1s");
    }

    @Test
    @DisplayName("G9: --max-connections and --max-connections-per-source")
    void limits() throws Exception {
        start("max-connections", "2", "max-connections-per-source", "1");
        assertThat(client("10.0.0.1").disconnected()).isFalse();
        assertThat(client("10.0.0.1").disconnected()).isTrue();
        assertThat(client("10.0.0.2").disconnected()).isFalse();
        assertThat(client("10.0.0.3").disconnected()).isTrue();
        refused("--max-connections \"0\" is not a whole number from 1", "digits", "max-connections", "0");
        refused("--max-connections-per-source \"x\"", "digits", "max-connections-per-source", "x");
    }

    @Test
    @DisplayName("SVC-6: --drain")
    void drain() {
        ServiceGroup group = make("listen", "tcp:8080", "to", "tcp:10.0.0.7:80", "drain", "3s");
        for (Service each : group.children()) {
            assertEquals(Duration.ofSeconds(3), ((ServerService) each).drainTimeout());
        }
        refused("--drain \"x\" is not a length of time", "30s", "drain", "x");
    }

    @Test
    @DisplayName("endpoints that cannot be read say which option they came from")
    void badEndpoints() {
        UsageError listen = assertThrows(UsageError.class, () -> make("listen", "tcp", "to", "tcp:10.0.0.7:80"));
        assertThat(listen).hasMessageStartingWith("--listen: ");
        UsageError to = assertThrows(UsageError.class, () -> make("listen", "tcp:1", "to", "carrier-pigeon:1"));
        assertThat(to).hasMessageStartingWith("--to: ").hasMessageContaining("carrier-pigeon");
        assertThat(Objects.requireNonNull(to.advice())).contains("tcp:example.com:80");
    }
}
