package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.failure.Debug;
import bowline.failure.Failure;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Protocol;
import bowline.protocol.TcpTransport;
import bowline.protocol.TransportLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Bytes are lent, and what is left unread comes back (architecture, decision 2).
public abstract class UnreadContract extends ConnectionContract {
    private final List<String> shown = new ArrayList<>();
    private final Talker client = new Talker();

    /// Looks at the bytes it is shown and takes what the test says.
    private class Picky extends Protocol {
        private final Consumer<ByteBuffer> taking;
        private boolean lost;

        Picky(Consumer<ByteBuffer> taking) {
            this.taking = taking;
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            shown.add(StandardCharsets.US_ASCII.decode(unread.duplicate()).toString());
            taking.accept(unread);
        }

        @Override
        public void connectionLost(Failure reason) {
            lost = true;
        }
    }

    /// Sends the pieces one by one, each when the one before was shown.
    private void deliver(Protocol server, String... pieces) {
        listen(server);
        client.onMade(it -> {
            if (it.transport() instanceof TcpTransport tcp) {
                tcp.tcpNoDelay(true);
            }
            sendWhenShown(pieces, 0);
        });
        connect(client);
        runUntilLost(client);
    }

    private void sendWhenShown(String[] pieces, int next) {
        if (next == pieces.length) {
            client.transport().loseConnection();
        } else if (shown.size() < next) {
            reactor.callLater(Duration.ofMillis(1), () -> sendWhenShown(pieces, next));
        } else {
            client.say(pieces[next]);
            reactor.callLater(Duration.ofMillis(1), () -> sendWhenShown(pieces, next + 1));
        }
    }

    /// Decision 2: the buffer is lent as if it were new, whatever was made of it before.
    @Test
    void lendsInNetworkByteOrderEachTime() {
        var orders = new ArrayList<ByteOrder>();
        deliver(
                new Picky(unread -> {
                    orders.add(unread.order());
                    unread.order(ByteOrder.LITTLE_ENDIAN);
                    unread.position(unread.position() + unread.remaining() / 2);
                }),
                "ab",
                "cd");

        assertEquals(List.of(ByteOrder.BIG_ENDIAN, ByteOrder.BIG_ENDIAN), orders);
    }

    @Test
    void showsWhatWasLeftInFrontOfWhatIsNew() {
        deliver(
                new Picky(unread -> {
                    if (unread.remaining() >= 4) {
                        unread.position(unread.position() + 3);
                    }
                }),
                "ab",
                "cd",
                "ef",
                "gh");

        assertEquals(List.of("ab", "abcd", "def", "defgh"), shown);
    }

    /// M4: what was not read is counted, in the middle of a call and after it
    @Test
    void countsWhatIsUnread() {
        var counted = new ArrayList<Integer>();
        var server = new Picky[1];
        server[0] = new Picky(unread -> {
            counted.add(server[0].transport().unreadBytes());
            unread.get();
            counted.add(server[0].transport().unreadBytes());
            reactor.callLater(
                    Duration.ZERO, () -> counted.add(server[0].transport().unreadBytes()));
        });
        deliver(server[0], "ab", "c");

        assertEquals(List.of("ab", "bc"), shown);
        assertEquals(List.of(2, 1, 1, 2, 1, 1), counted.subList(0, 6));
    }

    /// G7: small pieces, large pieces, and every way of taking them give the same bytes
    @Test
    void losesNoByteHoweverItIsTaken() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var bytes = new byte[2_000_000];
        random.nextBytes(bytes);
        var taken = ByteBuffer.allocate(bytes.length);
        listen(new Protocol() {
            @Override
            public void dataReceived(ByteBuffer unread) {
                int most = unread.remaining();
                int count = random.nextInt(10) == 0 ? most : random.nextInt(most + 1);
                taken.put(unread.slice(unread.position(), count));
                unread.position(unread.position() + count);
                if (taken.remaining() < 100_000) {
                    taken.put(unread);
                }
            }
        });
        client.onMade(it -> {
            it.transport().write(bytes);
            it.transport().loseConnection();
        });
        connect(client);
        runUntilLost(client);

        byte[] got = Arrays.copyOf(taken.array(), taken.position());
        assertTrue(Arrays.equals(got, 0, got.length, bytes, 0, got.length), "seed " + seed);
        assertTrue(got.length > 0, "seed " + seed);
    }

    /// A changed limit is no way to lose bytes.
    @Test
    void countsAsLeftWhatALoweredLimitHides() {
        deliver(new Picky(unread -> unread.limit(unread.position() + 1).position(unread.limit())), "ab", "c");

        assertEquals(List.of("ab", "bc"), shown);
    }

    /// PRO-9: resumed, it is shown at once what it left, though nothing new has come
    @Test
    void showsWhatWasLeftAgainWhenResumed() {
        var server = new Picky[1];
        server[0] = new Picky(unread -> {
            unread.get();
            server[0].transport().pauseProducing();
            int turnsBefore = shown.size();
            reactor.callLater(Duration.ofMillis(2), () -> {
                assertEquals(turnsBefore, shown.size());
                server[0].transport().resumeProducing();
                assertEquals(turnsBefore, shown.size(), "shown inside of resumeProducing");
            });
        });
        listen(server[0]);
        client.onMade(it -> it.say("abc"));
        connect(client);
        reactor.callWhenRunning(() -> closeWhenShown(3, server[0]));
        run();

        assertEquals(List.of("abc", "bc", "c"), shown);
    }

    /// PRO-9: what is kept is shown before the end of the stream is
    @Test
    void showsWhatWasLeftEvenWhenThePeerHasGone() {
        var server = new Picky[1];
        server[0] = new Picky(unread -> {
            unread.get();
            server[0].transport().pauseProducing();
            reactor.callLater(Duration.ofMillis(10), () -> server[0].transport().resumeProducing());
        });
        listen(server[0]);
        client.onMade(it -> {
            it.say("abc");
            it.transport().loseConnection();
        });
        connect(client);
        reactor.callWhenRunning(() -> stopWhen(server[0]));
        run();

        assertEquals(List.of("abc", "bc", "c"), shown);
        assertEquals(ConnectionDone.class, client.end());
    }

    private void closeWhenShown(int times, Picky picky) {
        if (shown.size() < times) {
            reactor.callLater(Duration.ofMillis(1), () -> closeWhenShown(times, picky));
        } else {
            client.transport().loseConnection();
            stopWhen(picky);
        }
    }

    /// Stops when both ends have lost the connection: in which order they do is the transport's business.
    private void stopWhen(Picky picky) {
        if (picky.lost && client.end() != null) {
            reactor.stop();
        } else {
            reactor.callLater(Duration.ofMillis(1), () -> stopWhen(picky));
        }
    }

    /// PRO-9
    @Test
    void readsNothingWhilePaused() {
        var server = new Talker();
        server.onMade(it -> {
            it.transport().pauseProducing();
            reactor.callLater(Duration.ofMillis(20), () -> {
                assertEquals(List.of("made"), it.calls);
                it.transport().resumeProducing();
            });
        });
        client.onMade(it -> {
            it.say("x");
            it.transport().loseConnection();
        });
        converse(server, client);

        assertEquals("x", server.heard());
    }

    /// Exactly the limit may be left unread, one byte more may not.
    @Test
    void losesTheConnectionWhenTooMuchIsLeftUnread() {
        listenOptions = listenOptions.limits(TransportLimits.DEFAULT.unreadMaxBytes(1000));
        var server = new Talker() {
            @Override
            public void dataReceived(ByteBuffer unread) {
                shown.add(String.valueOf(unread.remaining()));
                transport().write("k");
            }
        };
        client.onMade(it -> it.transport().write(new byte[1000]));
        client.onData(it -> it.transport().write(new byte[1]));
        converse(server, client);

        assertEquals("1001", shown.getLast());
        assertEquals(ConnectionLost.class, server.end());
        assertTrue(server.reason.message().contains("unreadMaxBytes = 1000"), server.reason.message());
    }

    /// With debugging on, a buffer that was kept beyond the call shows at once.
    @Test
    void poisonsTheLentBufferWhenDebugging() {
        var lent = new ArrayList<ByteBuffer>();
        Debug.enable(true);
        try {
            deliver(
                    new Picky(unread -> {
                        lent.add(unread.duplicate());
                        unread.get();
                    }),
                    "ab",
                    "c");
        } finally {
            Debug.enable(false);
        }

        assertEquals(List.of("ab", "bc"), shown);
        assertEquals(
                List.of((byte) 0xDB, (byte) 0xDB),
                List.of(lent.get(0).get(0), lent.get(0).get(1)));
    }
}
