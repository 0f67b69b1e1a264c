package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure;
import bowline.log.LogObserver;
import bowline.log.Logger;
import bowline.log.daemon.SyslogFacility;
import bowline.log.daemon.SyslogFraming;
import bowline.log.daemon.SyslogObserver;
import bowline.log.daemon.SyslogOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// LGR-17, RFC 5424, 5426, 6587: what rsyslogd and Python make of our syslog.
class SyslogTest {
    private static final SyslogOptions OPTIONS =
            new SyslogOptions(SyslogFacility.LOCAL4, "ship", "poetry", "4711", "poem@32473", 8_096);
    private static final String HEAD = "|2003-10-11T22:14:15.003000+00:00|ship|poetry|4711|Server|";
    private static final String NAMESPACE = "[poem@32473 namespace=\"poetry.Server\" level=\"";

    @TempDir
    private Path folder;

    /// Four events that a careless framing or escaping would spoil.
    private static void speak(LogObserver observer) {
        Logger log = Logger.of("poetry.Server").to(observer).timedBy(() -> Instant.parse("2003-10-11T22:14:15.003Z"));
        log.info("{poet} has {count} readers", "Poe", 3);
        log.warn("gr\u00fc\u00df {whom}", "\u20ac \"] x\\y");
        log.error("a peer said {text}", "13 <13>1 - - - - - - forged\n<13>forged too");
        log.failure("lost", Failure.of(new IOException("gone")));
    }

    private static void assertUnderstood(List<String> lines) {
        assertThat(lines.get(0))
                .isEqualTo("local4.info" + HEAD + NAMESPACE + "info\" poet=\"Poe\" count=\"3\"]|Poe has 3 readers");
        assertThat(lines.get(1))
                .startsWith("local4.warning" + HEAD + NAMESPACE)
                .contains("whom=\"\u20ac \\\"\\] x\\\\y\"]|")
                .endsWith("gr\u00fc\u00df \u20ac \"] x\\y");
        assertThat(lines.get(2))
                .startsWith("local4.err" + HEAD)
                .endsWith("a peer said 13 <13>1 - - - - - - forged\\n<13>forged too");
        assertThat(lines.get(3))
                .startsWith("local4.crit" + HEAD)
                .contains("|lost")
                .contains("java.io.IOException: gone");
        assertThat(lines).hasSize(4);
    }

    @Test
    void rsyslogUnderstandsDatagrams() throws Exception {
        try (var peer = Rsyslog.start(folder);
                var syslog = SyslogObserver.udp("127.0.0.1", peer.udpPort(), OPTIONS, 8_096)) {
            speak(syslog);
            assertUnderstood(peer.lines(4));
        }
    }

    @Test
    void rsyslogUnderstandsOctetCounting() throws Exception {
        try (var peer = Rsyslog.start(folder);
                var syslog = SyslogObserver.tcp("127.0.0.1", peer.tcpPort(), SyslogFraming.OCTET_COUNTING, OPTIONS)) {
            speak(syslog);
            assertUnderstood(peer.lines(4));
        }
    }

    @Test
    void rsyslogUnderstandsNonTransparentFraming() throws Exception {
        try (var peer = Rsyslog.start(folder);
                var syslog = SyslogObserver.tcp("127.0.0.1", peer.tcpPort(), SyslogFraming.NON_TRANSPARENT, OPTIONS)) {
            speak(syslog);
            assertUnderstood(peer.lines(4));
        }
    }

    /// A receiver of another make: Python's socketserver, which tells each line that it got as its `ascii()`.
    @Test
    void pythonsSocketserverGetsOneLineForEachEvent() throws Exception {
        Process python = new ProcessBuilder(
                        Foreign.python("socketserver"),
                        Foreign.script("syslog_receiver.py").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = python.inputReader()) {
            int port = Integer.parseInt(out.readLine());
            try (var syslog = SyslogObserver.tcp("127.0.0.1", port, SyslogFraming.NON_TRANSPARENT, OPTIONS)) {
                speak(syslog);
            }
            for (String end : List.of("] Poe has 3 readers'", " x\\\\y'", "forged too'")) {
                assertThat(out.readLine()).startsWith("b'<16").endsWith(end);
            }
            assertThat(out.readLine()).startsWith("b'<162>1 2003-10-11T22:14:15.003000Z ship poetry 4711 Server");
            assertThat(out.readLine()).isNull();
        } finally {
            python.destroyForcibly();
        }
    }
}
