package bowline.reactor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.log.LogEvent;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import bowline.reactor.UnixListenOptions;
import bowline.time.DelayedCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a port does when the system refuses to let it accept (LIS-7, G9).
class StreamPortTest {
    private final Loop loop = (Loop) Reactor.create("nio");
    private final List<LogEvent> logged = new ArrayList<>();
    private final LogObserver recorder = logged::add;
    private final List<String> seen = new ArrayList<>();

    @BeforeEach
    void record() {
        LogPublisher.global().add(recorder);
    }

    @AfterEach
    void stopRecording() {
        LogPublisher.global().remove(recorder);
    }

    private class Exhausted extends StreamPort {
        private final String said;
        int waiting = 3;

        Exhausted(String said) {
            this(
                    new Listening(
                            loop,
                            new TcpPlace(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)),
                            Factory.of(Protocol::new),
                            50,
                            false,
                            TransportLimits.DEFAULT,
                            Listening.NOT_ADOPTED),
                    said);
        }

        Exhausted(Listening listening, String said) {
            super(listening);
            this.said = said;
        }

        @Override
        protected SocketAddress bind(SocketAddress address, int backlog) throws IOException {
            return address;
        }

        @Override
        protected void accepting(boolean on) {
            seen.add("accepting " + on);
        }

        @Override
        protected @Nullable Accepted accept() throws IOException {
            throw new IOException(said);
        }

        @Override
        protected boolean refuse() {
            seen.add("refuse");
            return waiting-- > 0;
        }

        @Override
        protected void unwatch() {
            seen.add("unwatch");
        }

        @Override
        protected void close() {
            seen.add("close");
        }
    }

    @Test
    void sendsAwayThoseWhoWaitAndRests() {
        var port = new Exhausted("Too many open files");
        port.startListening();
        port.acceptReady();

        assertEquals(List.of("accepting true", "refuse", "refuse", "refuse", "refuse", "accepting false"), seen);
        assertTrue(logged.stream().anyMatch(event -> event.text().contains("3 connections sent away")));
        DelayedCall resume = loop.delayedCalls().iterator().next();
        resume.reset(Duration.ZERO);
        loop.iterate(Duration.ZERO);
        assertEquals("accepting true", seen.getLast());
    }

    @Test
    void restsWhenOtherFaultsDoNotEnd() {
        var port = new Exhausted("Software caused connection abort");
        port.startListening();
        port.acceptReady();

        assertEquals(List.of("accepting true", "accepting false"), seen);
        assertEquals(
                StreamPort.FAULTS_MAX,
                logged.stream()
                        .filter(event -> event.text().contains("could not accept"))
                        .count());
        assertEquals(1, loop.delayedCalls().size());
    }

    @Test
    void drainsThoughItCannotAccept() {
        var port = new Exhausted("Too many open files");
        port.startListening();
        var drained = port.drain();
        for (int turn = 0; turn < 4; turn++) {
            loop.iterate(Duration.ZERO);
        }

        assertTrue(drained.called());
        assertEquals(
                List.of(
                        "accepting true",
                        "unwatch",
                        "refuse",
                        "refuse",
                        "refuse",
                        "refuse",
                        "accepting false",
                        "close"),
                seen);
    }

    /// UNX-1: between the bind and the mode anybody may have come, so those who wait are sent away where the mode
    /// would have kept some out.
    @ParameterizedTest
    @CsvSource({"600, 1", "666, 0"})
    @DisabledOnOs(OS.WINDOWS)
    void sendsAwayWhoCameBeforeTheMode(String mode, int sentAway, @TempDir Path folder) {
        var options = UnixListenOptions.DEFAULT.mode(Integer.parseInt(mode, 8));
        var place = new UnixPlace(
                folder.resolve("socket"), options.mode(), options.wantPid(), Platform.SYSTEM.socketFiles());
        var port =
                new Exhausted(
                        new Listening(
                                loop,
                                place,
                                Factory.of(Protocol::new),
                                50,
                                false,
                                TransportLimits.DEFAULT,
                                Listening.NOT_ADOPTED),
                        "") {
                    @Override
                    protected SocketAddress bind(SocketAddress address, int backlog) throws IOException {
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                                .bind(address)
                                .close();
                        return address;
                    }
                };
        port.waiting = 1;
        port.startListening();

        assertEquals(
                sentAway,
                seen.stream().filter("refuse"::equals).count() - (sentAway > 0 ? 1 : 0),
                "besides the one that finds none");
        assertEquals("accepting true", seen.getLast());
    }
}
