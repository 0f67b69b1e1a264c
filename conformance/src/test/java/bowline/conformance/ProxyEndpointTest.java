package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bowline.bytes.ByteQueue;
import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.failure.Failure;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.socks.ProxyError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our endpoints through proxies that we did not write: what an echo behind them sends back is compared whole.
class ProxyEndpointTest {
    private static final int LARGE_BYTES = 2_000_000;

    @TempDir
    private Path folder;

    private final byte[] large = new byte[LARGE_BYTES];
    private LiveReactor live;
    private int echoPort;
    private Process proxy;
    private int proxyPort;

    private static final class Echo extends Protocol {
        @Override
        public void connectionMade() {
            transport().registerProducer(transport()); // who does not read is not read from
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }

    /// Sends bytes and waits until as many have come back.
    private static final class Asking extends Protocol {
        private final byte[] question;
        private final ByteQueue answer = new ByteQueue();
        private final Deferred<byte[]> whole = new Deferred<>();

        Asking(byte[] question) {
            this.question = question;
        }

        @Override
        public void connectionMade() {
            transport().write(question);
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            answer.write(unread);
            if (answer.size() == question.length) {
                whole.callback(answer.takeAll());
                transport().loseConnection();
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            if (!whole.called()) {
                whole.errback(reason);
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        new Random(13).nextBytes(large);
        live = new LiveReactor();
        echoPort = live.call(() -> live.reactor()
                .listenTcp(0, Factory.of(Echo::new), ListenOptions.DEFAULT.on("127.0.0.1"))
                .port());
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            proxyPort = free.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        live.close();
        if (proxy != null) {
            proxy.descendants().forEach(ProcessHandle::destroy);
            proxy.destroy();
        }
    }

    private void run(String... command) throws Exception {
        proxy = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Await.until(
                this::proxyListens,
                () -> List.of(command) + " listens; it says: " + Files.readString(folder.resolve("log")));
    }

    private boolean proxyListens() {
        try (var probe = new Socket(InetAddress.getLoopbackAddress(), proxyPort)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private byte[] ask(String description) throws Exception {
        String whole = description.formatted(echoPort) + ":proxy=tcp\\:127.0.0.1\\:" + proxyPort;
        return live.await(() -> ClientEndpoint.of(live.reactor(), whole)
                .connectProtocol(new Asking(large))
                .addCallbackDeferring(asking -> asking.whole));
    }

    private ProxyError refusal(String description) {
        return assertThrows(ProxyError.class, () -> ask(description));
    }

    @Test
    @DisplayName("microsocks: SOCKS 5 without and with a password")
    void microsocks() throws Exception {
        Foreign.require("microsocks");
        run("microsocks", "-i", "127.0.0.1", "-p", "" + proxyPort);
        assertArrayEquals(large, ask("socks5:127.0.0.1:%d"));
        assertArrayEquals(large, ask("socks5:localhost:%d"));
        assertEquals(5, refusal("socks5:127.0.0.1:1").code());
    }

    @Test
    @DisplayName("RFC 1929: microsocks with a password")
    void microsocksWithPassword() throws Exception {
        Foreign.require("microsocks");
        run("microsocks", "-i", "127.0.0.1", "-p", "" + proxyPort, "-u", "me", "-P", "secret");
        assertArrayEquals(large, ask("socks5:127.0.0.1:%d:user=me:password=secret"));
        assertThat(refusal("socks5:127.0.0.1:%d:user=me:password=guess")).hasMessageContaining("did not accept");
        assertEquals(255, refusal("socks5:127.0.0.1:%d").code());
    }

    @Test
    @DisplayName("dante: SOCKS 5 and 4")
    void dante() throws Exception {
        Path config = Files.writeString(folder.resolve("danted.conf"), """
                logoutput: stderr
                internal: 127.0.0.1 port = %d
                external: lo
                clientmethod: none
                socksmethod: none
                user.privileged: root
                user.unprivileged: nobody
                client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }
                socks pass { from: 127.0.0.0/8 to: 127.0.0.0/8 }
                """.formatted(proxyPort));
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/danted")), "danted is not installed");
        run("/usr/sbin/danted", "-f", config.toString());
        assertArrayEquals(large, ask("socks5:127.0.0.1:%d"));
        assertArrayEquals(large, ask("socks4:127.0.0.1:%d"));
        assertEquals(5, refusal("socks5:127.0.0.1:1").code());
        assertEquals(91, refusal("socks4:127.0.0.1:1").code());
    }

    @Test
    @DisplayName("tinyproxy: HTTP CONNECT without and with a password")
    void tinyproxy() throws Exception {
        String config = "Port %d\nListen 127.0.0.1\nAllow 127.0.0.1\n".formatted(proxyPort);
        Foreign.require("tinyproxy");
        run(
                "tinyproxy",
                "-d",
                "-c",
                Files.writeString(folder.resolve("tiny.conf"), config).toString());
        assertArrayEquals(large, ask("http-connect:127.0.0.1:%d"));
        assertArrayEquals(large, ask("http-connect:localhost:%d"));
        assertThat(refusal("http-connect:127.0.0.1:1").code()).isBetween(400, 599);
    }

    @Test
    @DisplayName("RFC 7617: tinyproxy with a password")
    void tinyproxyWithPassword() throws Exception {
        String config = "Port %d\nListen 127.0.0.1\nAllow 127.0.0.1\nBasicAuth me secret\n".formatted(proxyPort);
        Foreign.require("tinyproxy");
        run(
                "tinyproxy",
                "-d",
                "-c",
                Files.writeString(folder.resolve("tiny.conf"), config).toString());
        assertArrayEquals(large, ask("http-connect:127.0.0.1:%d:user=me:password=secret"));
        assertEquals(407, refusal("http-connect:127.0.0.1:%d").code());
    }

    @Test
    @DisplayName("SOC-1: Twisted's SOCKS 4 server")
    void twisted() throws Exception {
        String python = Foreign.python("twisted");
        run(python, "-c", """
                from twisted.internet import reactor
                from twisted.protocols.socks import SOCKSv4Factory
                reactor.listenTCP(%d, SOCKSv4Factory(None), interface="127.0.0.1")
                reactor.run()
                """.formatted(proxyPort));
        assertArrayEquals(large, ask("socks4:127.0.0.1:%d"));
        assertArrayEquals(large, ask("socks4:localhost:%d"));
        assertEquals(91, refusal("socks4:127.0.0.1:1").code());
    }
}
