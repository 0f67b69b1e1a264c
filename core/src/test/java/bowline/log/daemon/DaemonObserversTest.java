package bowline.log.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.log.CapturedLogs;
import bowline.log.LogEvent;
import bowline.log.LogObserver;
import bowline.log.Logger;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// LGR-17: the observers at real sockets of this machine.
@Timeout(30)
class DaemonObserversTest {
    private static final SyslogOptions OPTIONS =
            new SyslogOptions(SyslogFacility.DAEMON, "host", "poetry", "1", "poem@32473", 2_048);

    @TempDir
    private Path folder;

    private static void log(LogObserver observer, String... texts) {
        for (String text : texts) {
            Logger.of("ns").to(observer).timedBy(() -> java.time.Instant.EPOCH).info(text);
        }
    }

    private static String message(String text) {
        return "<30>1 1970-01-01T00:00:00.000000Z host poetry 1 ns [poem@32473 namespace=\"ns\" level=\"info\"] "
                + text;
    }

    private static String readAll(SocketChannel channel) throws IOException {
        return new String(channel.socket().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static ServerSocketChannel tcpServer() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static SyslogObserver tcp(ServerSocketChannel server, SyslogFraming framing) throws IOException {
        return SyslogObserver.tcp("127.0.0.1", server.socket().getLocalPort(), framing, OPTIONS);
    }

    /// RFC 6587 §3.4.1
    @Test
    void overTcpLengthsTellWhereMessagesEnd() throws Exception {
        try (var server = tcpServer()) {
            try (var syslog = tcp(server, SyslogFraming.OCTET_COUNTING)) {
                log(syslog, "one", "two");
            }
            try (SocketChannel accepted = server.accept()) {
                assertThat(readAll(accepted))
                        .isEqualTo(message("one").length() + " " + message("one")
                                + message("two").length() + " " + message("two"));
            }
        }
    }

    /// RFC 6587 §3.4.2
    @Test
    void overTcpLineFeedsTellWhereMessagesEnd() throws Exception {
        try (var server = tcpServer()) {
            try (var syslog = tcp(server, SyslogFraming.NON_TRANSPARENT)) {
                log(syslog, "one", "two\nlines");
            }
            try (SocketChannel accepted = server.accept()) {
                assertThat(readAll(accepted)).isEqualTo(message("one") + "\n" + message("two\\n\tlines") + "\n");
            }
        }
    }

    /// RFC 5426 §3.1
    @Test
    void eachDatagramIsAMessage() throws Exception {
        try (var receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var syslog = SyslogObserver.udp("127.0.0.1", receiver.getLocalPort(), OPTIONS)) {
            log(syslog, "one", "two");
            var packet = new DatagramPacket(new byte[4_096], 4_096);
            for (String text : List.of("one", "two")) {
                receiver.receive(packet);
                assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                        .isEqualTo(message(text));
            }
        }
    }

    @Test
    void aUnixStreamWillDo() throws Exception {
        Path path = folder.resolve("log");
        try (var server =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path))) {
            try (var syslog = SyslogObserver.unix(path, SyslogFraming.NON_TRANSPARENT, OPTIONS)) {
                log(syslog, "one");
            }
            assertThat(readUnix(server)).isEqualTo(message("one") + "\n");
        }
    }

    @Test
    void theJournalIsGreetedFirst() throws Exception {
        Path path = folder.resolve("stdout");
        try (var server =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path))) {
            try (var journal = new JournalObserver("poetry", path)) {
                log(journal, "one");
            }
            assertThat(readUnix(server)).isEqualTo("poetry\n\n6\n1\n0\n0\n0\n<6>[ns] one\n");
        }
    }

    private static String readUnix(ServerSocketChannel server) throws IOException {
        try (SocketChannel accepted = server.accept()) {
            var all = ByteBuffer.allocate(4_096);
            while (accepted.read(all) >= 0) {
                // until its end
            }
            return StandardCharsets.UTF_8.decode(all.flip()).toString();
        }
    }

    /// A daemon that is not there: told once, to the others only, and closing does not wait for it.
    @Test
    void aDaemonThatIsNotThereIsToldOfOnce() {
        try (var logs = CapturedLogs.open()) {
            try (var syslog = SyslogObserver.unix(folder.resolve("none"), SyslogFraming.NON_TRANSPARENT, OPTIONS)) {
                log(syslog, "one", "two", "three");
            }
            assertThat(logs.texts())
                    .hasSize(2)
                    .allSatisfy(text -> assertThat(text).contains("syslog at unix:"));
            assertThat(logs.texts().getFirst()).contains("cannot be reached: ");
            assertThat(logs.texts().getLast()).startsWith("3 log events were not delivered");
            for (LogEvent complaint : logs.events()) {
                assertThat(complaint.source()).isInstanceOf(DaemonLink.class);
            }
        }
    }

    /// What a daemon's end does to the connection shows before anything is written into the void.
    @Test
    void aConnectionThatTheDaemonEndedIsMadeAgain() throws Exception {
        try (var server = tcpServer();
                var logs = CapturedLogs.open();
                var syslog = tcp(server, SyslogFraming.NON_TRANSPARENT)) {
            log(syslog, "one");
            SocketChannel first = server.accept();
            assertThat(first.read(ByteBuffer.allocate(1_000))).isPositive();
            first.close();
            log(syslog, "two");
            try (SocketChannel second = server.accept()) {
                var line = ByteBuffer.allocate(1_000);
                while (line.position() == 0 || line.get(line.position() - 1) != '\n') {
                    assertThat(second.read(line)).isPositive();
                }
                assertThat(StandardCharsets.UTF_8.decode(line.flip()).toString())
                        .isEqualTo(message("two") + "\n");
            }
            assertThat(logs.texts().getFirst()).contains("it closed the connection");
        }
    }

    /// journald ends its side of a stream as soon as it has accepted it, and goes on reading.
    @Test
    void theJournalNeedNotListenToUs() throws Exception {
        Path path = folder.resolve("stdout");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
                var wire = StreamWire.unix(path.toString());
                SocketChannel accepted = server.accept()) {
            accepted.shutdownOutput();
            wire.send(ByteBuffer.wrap("one".getBytes(StandardCharsets.US_ASCII)));
            accepted.read(ByteBuffer.allocate(8));
            accepted.close();
            assertThatThrownBy(() -> wire.send(ByteBuffer.wrap(new byte[1]))).isInstanceOf(IOException.class);
        }
    }

    /// The wait for a daemon that reads nothing has an end.
    @Test
    void aDaemonThatTakesNothingIsGoneAfterAWhile() throws Exception {
        try (var server = ServerSocketChannel.open()) {
            server.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (var wire = StreamWire.connect(
                    SocketChannel.open(), server.getLocalAddress(), Duration.ofSeconds(5), Duration.ofMillis(50))) {
                assertThatThrownBy(() -> wire.send(ByteBuffer.allocate(64 * 1024 * 1024)))
                        .isInstanceOf(SocketTimeoutException.class)
                        .hasMessage("it took no bytes within PT0.05S");
            }
        }
    }
}
