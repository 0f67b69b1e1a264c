package bowline.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bowline.failure.Failure;
import bowline.framing.LineOptions;
import bowline.reactor.Reactor;
import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import bowline.testing.TcpLoopback;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// INT-3: a connection is handed to another protocol in mid-stream, with what is unread.
class BecomeTest {
    private static final String TALK = "one\r\nUPGRADE\r\nraw \r\n bytes";

    private final List<String> calls = new ArrayList<>();
    private final ManualClock clock = new ManualClock();

    /// Reads lines until it is told to become something else.
    private class Lines extends LineReceiver {
        private final Protocol next;

        Lines(Protocol next) {
            super(LineOptions.crlf());
            this.next = next;
        }

        @Override
        public void lineReceived(String line) {
            calls.add("line " + line);
            if (line.equals("UPGRADE")) {
                become(next);
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            calls.add("old lost");
        }
    }

    /// Keeps what it is shown, unless it is to leave it.
    private class Raw extends Protocol implements Drainable {
        final StringBuilder heard = new StringBuilder();

        @Override
        public void connectionMade() {
            calls.add("made");
            transport().write("hello from the new one");
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            heard.append(StandardCharsets.US_ASCII.decode(unread));
        }

        @Override
        public void connectionLost(Failure reason) {
            calls.add("new lost");
        }

        @Override
        public void drain() {
            calls.add("drain");
        }
    }

    private static final class HalfRaw extends Protocol implements HalfCloseable {
        private int ended;

        @Override
        public void readConnectionLost() {
            ended++;
        }

        @Override
        public void writeConnectionLost() {}
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void check(Raw raw, MemoryTransport transport) {
        clock.advance(Duration.ZERO);
        transport.deliver(" and more");
        assertEquals("raw \r\n bytes and more", raw.heard.toString());
        transport.close();
        assertEquals(List.of("line one", "line UPGRADE", "made", "new lost"), calls);
        assertEquals("hello from the new one", transport.text());
    }

    @Test
    @DisplayName("INT-3: what comes behind the switch is the next one's, in one piece")
    void handsOnWhatIsUnread() {
        var raw = new Raw();
        MemoryTransport transport = MemoryTransport.connect(new Lines(raw), clock);
        transport.deliver(bytes(TALK));
        check(raw, transport);
    }

    @Test
    @DisplayName("INT-3: and a byte at a time")
    void handsOnWhatIsUnreadByteByByte() {
        var raw = new Raw();
        MemoryTransport transport = MemoryTransport.connect(new Lines(raw), clock);
        transport.deliverEachByte(bytes(TALK));
        check(raw, transport);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("INT-3: and cut at random")
    void handsOnWhatIsUnreadCutAtRandom(long seed) {
        var raw = new Raw();
        MemoryTransport transport = MemoryTransport.connect(new Lines(raw), clock);
        transport.deliverCutAtRandom(bytes(TALK), seed);
        check(raw, transport);
    }

    @Test
    @DisplayName("INT-3: behind a watcher, who is told of the end once, and of the protocol it knows")
    void staysWatched() {
        var raw = new Raw();
        var lines = new Lines(raw);
        var watched = new ArrayList<Protocol>();
        var watcher = new WatchedProtocol.Watcher<Protocol>() {
            @Override
            public void connectionMade(Protocol protocol) {}

            @Override
            public void connectionLost(Protocol protocol, Failure reason) {
                watched.add(protocol);
            }
        };
        WatchedProtocol<Protocol> outer = WatchedProtocol.of(lines, watcher);
        MemoryTransport transport = MemoryTransport.connect(outer, clock);
        transport.deliver(bytes(TALK));
        assertEquals("Raw", outer.logPrefix());
        outer.drain();
        assertEquals(List.of("line one", "line UPGRADE", "made", "drain"), calls);
        calls.remove("drain");
        check(raw, transport);
        assertEquals(List.of(lines), watched);
    }

    @Test
    @DisplayName("TRA-10: half-close is told to the new one, which can bear it although the old one could not")
    void tellsTheNewOneOfHalfClose() {
        var half = new HalfRaw();
        var watcher = new WatchedProtocol.Watcher<Protocol>() {
            @Override
            public void connectionMade(Protocol protocol) {}

            @Override
            public void connectionLost(Protocol protocol, Failure reason) {
                calls.add("lost");
            }
        };
        MemoryTransport transport = MemoryTransport.connect(WatchedProtocol.of(new Lines(half), watcher), clock);
        transport.deliver("UPGRADE\r\n");
        transport.deliverEnd();
        assertEquals(1, half.ended);
        assertEquals(List.of("line UPGRADE"), calls);
    }

    @Test
    @DisplayName("a paused connection is read again by the new one")
    void readsAgainWhatWasPaused() {
        var raw = new Raw();
        var lines = new Lines(raw);
        MemoryTransport transport = MemoryTransport.connect(lines, clock);
        lines.pauseProducing();
        transport.deliver("for the next");
        lines.become(raw);
        clock.advance(Duration.ZERO);
        assertEquals("for the next", raw.heard.toString());
    }

    @Test
    @DisplayName("the new one may pause at once, and gets what is unread when it resumes")
    void mayPauseAtOnce() {
        var raw = new Raw() {
            @Override
            public void connectionMade() {
                transport().pauseProducing();
            }
        };
        MemoryTransport transport = MemoryTransport.connect(new Lines(raw), clock);
        transport.deliver(bytes(TALK));
        clock.advance(Duration.ZERO);
        assertEquals("", raw.heard.toString());
        transport.resumeProducing();
        clock.advance(Duration.ZERO);
        assertEquals("raw \r\n bytes", raw.heard.toString());
    }

    @Test
    @DisplayName("the new one can hand the connection on")
    void canBeHandedOn() {
        var raw = new Raw();
        var second = new Lines(raw);
        var first = new Lines(second);
        MemoryTransport transport = MemoryTransport.connect(first, clock);
        transport.deliver("UPGRADE\r\nUPGRADE\r\nrest");
        clock.advance(Duration.ZERO);
        clock.advance(Duration.ZERO);
        assertEquals("rest", raw.heard.toString());
        assertSame(raw, first.current());
        transport.close();
        assertEquals(List.of("line UPGRADE", "line UPGRADE", "made", "new lost"), calls);
    }

    @Test
    @DisplayName("what was given back to a line receiver must be taken first")
    void refusesToLoseWhatWasGivenBack() {
        var lines = new Lines(new Raw());
        MemoryTransport transport = MemoryTransport.connect(lines, clock);
        var fault = assertThrows(IllegalStateException.class, () -> lines.setLineMode(bytes("UPGRADE\r\nlost")));
        assertEquals(true, String.valueOf(fault.getMessage()).contains("clearLineBuffer"), fault.getMessage());
        assertEquals(0, transport.unreadBytes());
    }

    @Test
    void refusesWhatMakesNoSense() {
        var lines = new Lines(new Raw());
        assertThrows(IllegalStateException.class, () -> lines.become(new Raw()), "no connection yet");
        MemoryTransport transport = MemoryTransport.connect(lines, clock);
        var connected = new Raw();
        MemoryTransport.connect(connected);
        assertThrows(IllegalStateException.class, () -> lines.become(connected), "it has a connection");
        var next = new Raw();
        lines.become(next);
        assertThrows(IllegalStateException.class, () -> lines.become(new Raw()), "handed over before");
        transport.close();
        assertThrows(IllegalStateException.class, () -> next.become(new Raw()), "the connection is lost");
    }

    @Test
    @DisplayName("INT-3: on a real reactor, in whatever pieces it comes")
    void handsOnWhatIsUnreadOnARealReactor() {
        var raw = new Raw() {
            @Override
            public void dataReceived(ByteBuffer unread) {
                super.dataReceived(unread);
                if (heardAll(this)) {
                    transport().loseConnection();
                }
            }
        };
        var client = new Protocol() {
            @Override
            public void connectionMade() {
                transport().write(bytes(TALK));
            }
        };
        Reactor reactor = Reactor.create("nio");
        var failures = new ArrayList<@Nullable Object>();
        reactor.callWhenRunning(() -> TcpLoopback.connect(reactor, client, new Lines(raw))
                .addCallbackDeferring(TcpLoopback::closed)
                .addErrback(failure -> {
                    failures.add(failure);
                    return null;
                })
                .onBoth(reactor::stop));
        reactor.run(false);
        assertEquals(List.of(), failures);
        assertEquals(List.of("line one", "line UPGRADE", "made", "new lost"), calls);
        assertEquals("raw \r\n bytes", raw.heard.toString());
    }

    private static boolean heardAll(Raw raw) {
        return raw.heard.toString().endsWith("bytes");
    }
}
