package bowline.conformance;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// An rsyslogd on ports of its own, which writes what it understood of each message into a file.
final class Rsyslog implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");

    private final Process process;
    private final Path out;
    private final int udpPort;
    private final int tcpPort;

    private Rsyslog(Process process, Path out, int udpPort, int tcpPort) {
        this.process = process;
        this.out = out;
        this.udpPort = udpPort;
        this.tcpPort = tcpPort;
    }

    static Rsyslog start(Path folder) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), PROGRAM + " is not installed");
        Path config = folder.resolve("rsyslog.conf");
        Path out = Files.createFile(folder.resolve("messages"));
        Path portFile = folder.resolve("port");
        int udpPort = freeUdpPort();
        Files.writeString(config, """
                global(workDirectory="%1$s" maxMessageSize="16k")
                module(load="imudp")
                module(load="imtcp")
                input(type="imudp" address="127.0.0.1" port="%2$d")
                input(type="imtcp" address="127.0.0.1" port="0" listenPortFileName="%3$s")
                template(name="parts" type="string"
                  string="%%syslogfacility-text%%.%%syslogseverity-text%%|%%timestamp:::date-utc,date-rfc3339%%|%%hostname%%|%%app-name%%|%%procid%%|%%msgid%%|%%structured-data%%|%%msg%%\\n")
                *.* action(type="omfile" file="%4$s" template="parts")
                """.formatted(folder, udpPort, portFile, out));
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-n",
                        "-f",
                        config.toString(),
                        "-i",
                        folder.resolve("pid").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        Await.until(
                () -> Files.exists(portFile) && !Files.readString(portFile).isBlank(),
                () -> "rsyslogd is listening; it said " + Files.readString(folder.resolve("said")));
        return new Rsyslog(
                process,
                out,
                udpPort,
                Integer.parseInt(Files.readString(portFile).strip()));
    }

    /// rsyslogd cannot tell which UDP port it took, so it is told one that is free now.
    private static int freeUdpPort() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int udpPort() {
        return udpPort;
    }

    int tcpPort() {
        return tcpPort;
    }

    /// What it understood, once it has written `count` lines.
    List<String> lines(int count) throws Exception {
        Await.until(
                () -> Files.readAllLines(out).size() >= count,
                () -> count + " messages are in " + Files.readAllLines(out));
        return Files.readAllLines(out);
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
