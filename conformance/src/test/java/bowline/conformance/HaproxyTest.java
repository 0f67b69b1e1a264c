package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.failure.Failure;
import bowline.junit.Program;
import bowline.protocol.Address;
import bowline.protocol.Protocol;
import bowline.run.Main;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// HAP-1 to HAP-3, R1: PROXY headers of both versions, from HAProxy and to it, and to Twisted.
@DisabledOnOs(OS.WINDOWS)
class HaproxyTest {
    private static final int CURL_EMPTY_REPLY = 52;
    private static final int CURL_RECEIVE_ERROR = 56;

    /// A client's address that nothing else here has.
    private static final String CLIENT = "127.0.0.77";

    /// Before our site, three times; and a site of its own, which tells each client who it is.
    private static final String CONFIG = """
            global
                log stdout format raw local0
            defaults
                mode tcp
                timeout connect 5s
                timeout client 30s
                timeout server 30s
            listen v1
                bind 127.0.0.1:%d
                bind [::1]:%d
                server site 127.0.0.1:%s send-proxy
            listen v2
                bind 127.0.0.1:%d
                bind [::1]:%d
                server site 127.0.0.1:%s send-proxy-v2
            listen v2-extended
                bind 127.0.0.1:%d
                option httpchk GET /health
                server site 127.0.0.1:%s send-proxy-v2 proxy-v2-options crc32c,unique-id check check-send-proxy inter 200ms
            frontend tells
                mode http
                bind 127.0.0.1:%d accept-proxy
                http-request return status 200 content-type text/plain lf-string "%%[src] %%[src_port] %%[dst] %%[dst_port]"
            """;

    @TempDir
    private static Path folder;

    private static Program web;
    private static Program haproxy;
    private static String webPort;
    private static int v1;
    private static int v2;
    private static int v2Extended;
    private static int tells;

    @BeforeAll
    static void start() throws Exception {
        Foreign.require("haproxy");
        Foreign.require("curl");
        Files.writeString(folder.resolve("index.html"), "home");
        Files.writeString(folder.resolve("health"), "well");
        web = bowline("web", "--listen", "haproxy:tcp:0:interface=127.0.0.1", "--path", folder.toString());
        webPort = web.port();
        v1 = freePort();
        v2 = freePort();
        v2Extended = freePort();
        tells = freePort();
        String config = CONFIG.formatted(v1, v1, webPort, v2, v2, webPort, v2Extended, webPort, tells);
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), config);
        haproxy = Program.command(List.of("haproxy", "-db", "-f", file.toString()));
        Conversation.awaitListening("127.0.0.1", tells);
    }

    @AfterAll
    static void stop() {
        Stream.of(haproxy, web).filter(each -> each != null).forEach(Program::close);
    }

    private static int freePort() throws Exception {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static Program bowline(String... words) throws Exception {
        return Program.start(
                Main.class,
                Stream.of(new String[] {"--log-format", "text"}, words)
                        .flatMap(Stream::of)
                        .toArray(String[]::new));
    }

    private static Foreign.Result curl(String... words) throws Exception {
        String[] common = {"curl", "-sS", "--max-time", "20"};
        return Foreign.run(Stream.of(common, words).flatMap(Stream::of).toArray(String[]::new));
    }

    private static void isServed(Foreign.Result result) {
        assertEquals(0, result.exitCode(), result.err());
        assertEquals("home", result.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2", "v2-extended"})
    @DisplayName("HAP-1, HAP-2, HAP-3: HAProxy before bowline web: the access log has the client's address")
    void behindHaproxy(String version) throws Exception {
        isServed(curl("--interface", CLIENT, "http://127.0.0.1:" + port(version) + "/?" + version + "-4"));
        web.await("\\b" + CLIENT.replace(".", "\\.") + " .*GET /\\?" + version + "-4 ");
    }

    private static int port(String version) {
        return switch (version) {
            case "v1" -> v1;
            case "v2" -> v2;
            default -> v2Extended;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    @DisplayName("HAP-2, HAP-3: a client of IPv6, though HAProxy comes by IPv4")
    void behindHaproxyByIpv6(String version) throws Exception {
        isServed(curl("http://[::1]:" + port(version) + "/?" + version + "-6"));
        web.await(" (::1|0:0:0:0:0:0:0:1) .*GET /\\?" + version + "-6 ");
    }

    @Test
    @DisplayName("HAP-3: HAProxy's own connections, to see whether we are well (LOCAL), have its own address")
    void healthChecks() throws Exception {
        web.await(" 127\\.0\\.0\\.1 .*GET /health .* 200 ");
    }

    @Test
    @DisplayName("HAP-1, R1: who sends no header gets no answer")
    void required() throws Exception {
        assertThat(curl("http://127.0.0.1:" + webPort + "/?nobody").exitCode())
                .isIn(CURL_EMPTY_REPLY, CURL_RECEIVE_ERROR);
        web.await("is refused: connection begins with \"GET /\\?nobody .*, not with a PROXY header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    @DisplayName("HAP-2, HAP-3: portforward --send-proxy tells HAProxy of each client")
    void beforeHaproxy(String version) throws Exception {
        try (Program forward = forward("tcp:127.0.0.1:" + tells, "--send-proxy", version)) {
            String port = forward.port();
            Foreign.Result result =
                    curl("--interface", CLIENT, "-w", "\n%{local_ip} %{local_port}", "http://127.0.0.1:" + port + "/");
            assertEquals(0, result.exitCode(), result.err());
            List<String> lines = result.text().lines().toList();
            assertEquals(lines.get(1) + " 127.0.0.1 " + port, lines.get(0));
            assertThat(lines.get(0)).startsWith(CLIENT);
        }
    }

    private static Program forward(String to, String... more) throws Exception {
        String[] words = {"portforward", "--listen", "tcp:0:interface=127.0.0.1", "--to", to};
        return bowline(Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    @DisplayName("HAP-2, HAP-3: portforward --send-proxy tells Twisted of each client")
    void beforeTwisted(String version) throws Exception {
        try (var twisted = TwistedPeer.start("haproxy-server");
                Program forward = forward("tcp:127.0.0.1:" + twisted.port(), "--send-proxy", version)) {
            int port = Integer.parseInt(forward.port());
            try (var client = new Socket()) {
                client.bind(new InetSocketAddress(CLIENT, 0));
                client.connect(new InetSocketAddress("127.0.0.1", port));
                client.getOutputStream().write('?');
                String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertEquals(CLIENT + " " + client.getLocalPort() + " 127.0.0.1 " + port, said);
            }
        }
    }

    /// Asks for a page, and says whose question it was and what came back.
    private static final class Asking extends Protocol {
        private final Deferred<String> answer = new Deferred<>();
        private final StringBuilder heard = new StringBuilder();
        private Address host;

        @Override
        public void connectionMade() {
            host = transport().host();
            transport().write("GET / HTTP/1.0\r\n\r\n");
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            heard.append(StandardCharsets.US_ASCII.decode(unread));
        }

        @Override
        public void connectionLost(Failure reason) {
            answer.callback(heard.substring(heard.lastIndexOf("\n") + 1));
        }
    }

    @ParameterizedTest
    @CsvSource({":version=1", ":version=2", "''"})
    @DisplayName("HAP-2, HAP-3: the endpoint haproxy: before tcp: names its own connection")
    void endpoint(String version) throws Exception {
        var asking = new Asking();
        try (var live = new LiveReactor()) {
            String description = "haproxy:tcp:127.0.0.1:" + tells + version;
            String said = live.await(() -> ClientEndpoint.of(live.reactor(), description)
                    .connectProtocol(asking)
                    .addCallbackDeferring(made -> made.answer));
            int port = ((Address.IPv4) asking.host).port();
            assertEquals("127.0.0.1 " + port + " 127.0.0.1 " + tells, said);
        }
    }

    @Test
    @DisplayName(
            "HAProxy between two of ours: portforward's header goes in, HAProxy's goes out, the client's address comes through")
    void through() throws Exception {
        int between = freePort();
        Path file = Files.writeString(folder.resolve("between.cfg"), """
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 30s
                    timeout server 30s
                listen between
                    bind 127.0.0.1:%d accept-proxy
                    server site 127.0.0.1:%s send-proxy
                """.formatted(between, webPort));
        try (Program _ = Program.command(List.of("haproxy", "-db", "-f", file.toString()))) {
            Conversation.awaitListening("127.0.0.1", between);
            try (Program forward = forward("tcp:127.0.0.1:" + between, "--send-proxy", "v2")) {
                isServed(curl("--interface", CLIENT, "http://127.0.0.1:" + forward.port() + "/?through"));
                web.await(CLIENT.replace(".", "\\.") + " .*GET /\\?through ");
            }
        }
    }
}
