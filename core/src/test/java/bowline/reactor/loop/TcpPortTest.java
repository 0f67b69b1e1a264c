package bowline.reactor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.log.LogEvent;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.time.DelayedCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a port does when the system refuses to let it accept (LIS-7, G9).
class TcpPortTest {
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

    private final class Exhausted extends TcpPort {
        private final String said;
        private int waiting = 3;

        Exhausted(String said) {
            super(
                    loop,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 9),
                    Factory.of(Protocol::new),
                    ListenOptions.DEFAULT);
            this.said = said;
        }

        @Override
        protected InetSocketAddress bind(InetSocketAddress address, int backlog) {
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
        protected void close() {}
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
                TcpPort.FAULTS_MAX,
                logged.stream()
                        .filter(event -> event.text().contains("could not accept"))
                        .count());
        assertEquals(1, loop.delayedCalls().size());
    }
}
