package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.log.LogContext;
import bowline.protocol.ConnectionAborted;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Stream transports (section 17).
public abstract class StreamContract extends ConnectionContract {
    private final Talker server = new Talker();
    private final Talker client = new Talker();

    @Test
    void echoesWhatAClientSays() {
        server.onData(it -> it.say(it.heard()));
        client.onMade(it -> it.say("hello")).onData(it -> it.transport().loseConnection());
        converse(server, client);

        assertEquals("hello", client.heard());
        assertEquals(ConnectionDone.class, client.end());
        assertEquals(ConnectionDone.class, server.end());
    }

    /// TRA-1: what can be asked of a transport while it is open, closing and closed
    @Test
    void tellsWhereItStands() {
        server.onMade(it -> {
            assertEquals(List.of(true, false), standing(it));
            it.say("bye");
            it.transport().loseConnection();
            assertEquals(List.of(true, true), standing(it));
        });
        server.onLost(it -> assertEquals(List.of(false, false), standing(it)));
        converse(server, client);

        assertEquals(List.of(false, false), standing(client));
        assertEquals("bye", client.heard());
    }

    private static List<Boolean> standing(Talker talker) {
        return List.of(talker.transport().connected(), talker.transport().disconnecting());
    }

    /// LOP-5, TRA-3: one read a turn, however much there is, and of 65536 bytes at most
    @Test
    void readsOncePerTurn() {
        var turn = new AtomicInteger();
        var turnsOfReads = new ArrayList<Integer>();
        var total = new AtomicInteger();
        client.onMade(it -> {
            it.transport().write(new byte[1_000_000]);
            it.transport().loseConnection();
        });
        server.onData(it -> {
            turnsOfReads.add(turn.get());
            int read = it.heard.size() - total.getAndSet(it.heard.size());
            assertTrue(read <= 65_536, "bytes of one read: " + read);
        });
        reactor.callWhenRunning(() -> countTurns(turn));
        converse(server, client);

        assertEquals(1_000_000, total.get());
        assertEquals(turnsOfReads.size(), Set.copyOf(turnsOfReads).size(), "turns of the reads: " + turnsOfReads);
    }

    private void countTurns(AtomicInteger turn) {
        turn.incrementAndGet();
        reactor.callLater(Duration.ZERO, () -> countTurns(turn));
    }

    // Writing

    /// TRA-2: keeps order and sends all, however slowly the peer takes it
    @Test
    void sendsEverythingInOrder() {
        var bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        server.onMade(it -> {
            it.transport().write(ByteBuffer.wrap(bytes, 0, 1000));
            it.transport().write(bytes, 1000, 99_000);
            it.transport()
                    .writeSequence(List.of(ByteBuffer.wrap(bytes, 100_000, 10), ByteBuffer.wrap(bytes, 100_010, 90)));
            it.transport().writeOwned(ByteBuffer.wrap(bytes, 100_100, 1_000_000));
            it.transport().writeOwned(ByteBuffer.wrap(bytes, 1_100_100, 7));
            it.transport().write(bytes, 1_100_107, bytes.length - 1_100_107);
            assertEquals(bytes.length, it.transport().unsentBytes());
            it.transport().loseConnection();
        });
        converse(server, client);

        assertTrue(Arrays.equals(bytes, client.heard.toByteArray()));
        assertEquals(0, server.transport().unsentBytes());
    }

    /// TRA-2: the caller may use its array again at once
    @Test
    void copiesWhatIsWritten() {
        byte[] bytes = {'a'};
        server.onMade(it -> {
            it.transport().write(bytes);
            bytes[0] = 'b';
            it.transport().write(ByteBuffer.wrap(bytes));
            bytes[0] = 'c';
            it.transport().loseConnection();
        });
        converse(server, client);

        assertEquals("ab", client.heard());
    }

    /// TRA-2
    @Test
    void ignoresEmptyWritesAndWritesToAClosedConnection() {
        ByteBuffer late = ByteBuffer.allocate(3);
        server.onMade(it -> {
            it.say("");
            it.transport().write(ByteBuffer.allocate(0));
            it.transport().loseConnection();
        });
        server.onLost(it -> {
            it.say("too late");
            it.transport().write(late);
            it.transport().loseConnection();
            it.transport().abortConnection();
            it.transport().loseWriteConnection();
        });
        converse(server, client);

        assertEquals("", client.heard());
        assertFalse(late.hasRemaining());
        assertEquals(List.of("made", "lost"), server.calls);
    }

    /// TRA-4: what one turn writes leaves in one piece
    @Test
    void joinsTheWritesOfOneTurn() {
        server.onMade(it -> {
            it.say("one ");
            it.say("two ");
            reactor.callWhenRunning(() -> it.say("three"));
        });
        client.onData(it -> it.transport().loseConnection());
        converse(server, client);

        assertEquals("one two three", client.heard());
        assertEquals(List.of("made", "data", "lost"), client.calls);
    }

    // Closing

    /// TRA-5, TRA-12: flushes, hears nothing more, and is told later
    @Test
    void losesTheConnectionAfterSendingWhatWasWritten() {
        var inside = new ArrayList<String>();
        client.onMade(it -> it.say("first"));
        server.onData(it -> {
            it.say("x".repeat(500_000));
            it.transport().loseConnection();
            it.transport().loseConnection();
            assertTrue(it.transport().disconnecting());
            assertTrue(it.transport().connected());
            inside.addAll(it.calls);
        });
        client.onData(it -> it.say("more that is not wanted"));
        converse(server, client);

        assertEquals(List.of("made", "data"), inside);
        assertEquals(List.of("made", "data", "lost"), server.calls);
        assertEquals(ConnectionDone.class, server.end());
        assertFalse(server.transport().connected());
        assertFalse(server.transport().disconnecting());
    }

    /// TRA-6
    @Test
    void sendsWhatIsWrittenWhileItCloses() {
        server.onMade(it -> {
            it.transport().loseConnection();
            it.say("last words");
        });
        converse(server, client);

        assertEquals("last words", client.heard());
    }

    /// TRA-8
    @Test
    void abortsWithAReset() {
        server.onData(it -> {
            it.say("never sent");
            it.transport().abortConnection();
            it.transport().abortConnection();
            assertEquals(List.of("made", "data"), it.calls);
        });
        client.onMade(it -> it.say("go"));
        converse(server, client);

        assertEquals(ConnectionAborted.class, server.end());
        assertEquals(wire().aborted(), client.end());
        assertEquals("", client.heard());
    }

    /// TRA-8: the way out when the peer does not read (TRA-7)
    @Test
    void abortsWhatCannotBeFlushed() {
        client.onMade(it -> it.transport().pauseProducing());
        server.onMade(it -> {
            it.transport().write(new byte[20_000_000]);
            it.transport().loseConnection();
            reactor.callLater(Duration.ofMillis(20), () -> {
                assertTrue(it.transport().disconnecting());
                it.transport().abortConnection();
                client.transport().resumeProducing();
            });
        });
        converse(server, client);

        assertEquals(ConnectionAborted.class, server.end());
        assertEquals(wire().aborted(), client.end());
    }

    /// TRA-10: an ordinary protocol loses the connection when the peer stops sending
    @Test
    void losesTheConnectionWhenThePeerEndsItsSide() {
        client.onMade(it -> it.transport().loseWriteConnection());
        converse(server, client);

        assertEquals(ConnectionDone.class, server.end());
        assertEquals(ConnectionDone.class, client.end());
    }

    /// TLS-11: who joins what a turn writes is asked for the rest before anything is sent
    @Test
    void asksForTheRestBeforeItSends() {
        server.onMade(it -> {
            it.transport().beforeSending(() -> it.say("two "));
            it.transport().beforeSending(() -> {
                it.say("three ");
                it.transport().beforeSending(() -> it.say("four"));
            });
            it.say("one ");
        });
        server.onLost(it -> it.transport().beforeSending(() -> it.say("asked in spite of the end")));
        client.onData(it -> {
            if (it.heard().length() == "one two three four".length()) {
                it.transport().loseConnection();
            }
        });
        converse(server, client);

        assertEquals("one two three four", client.heard());
    }

    /// TRA-9, TRA-10, TRA-11
    @Test
    void goesOnWithHalfAConnection() {
        var half = new HalfTalker();
        var other = new HalfTalker();
        half.onMade(it -> {
            it.say("question");
            it.transport().loseWriteConnection();
            it.say(", still sent");
        });
        half.onWriteEnded(() -> half.say("ignored"));
        other.onReadEnded(() -> {
            other.say("answer to " + other.heard());
            other.transport().loseWriteConnection();
        });
        converse(other, half);

        assertEquals("answer to question, still sent", half.heard());
        assertEquals(List.of("made", "data", "read ended", "write ended", "lost"), other.calls);
        assertEquals(List.of("made", "write ended", "data", "read ended", "lost"), half.calls);
        assertEquals(ConnectionDone.class, half.end());
        assertEquals(ConnectionDone.class, other.end());
    }

    /// TRA-11
    @Test
    void losesTheConnectionWithAnExceptionOfAHalfCloseCallback() {
        var half = new HalfTalker().onReadEnded(() -> {
            throw new IllegalStateException("cannot cope");
        });
        client.onMade(it -> it.transport().loseConnection());
        converse(half, client);

        assertEquals(IllegalStateException.class, half.end());
        assertEquals(List.of("cannot cope"), LifeContract.messages(takeCriticals()));
    }

    /// What a peer may do to end a connection.
    enum Ending {
        END,
        RESET,
        END_THEN_RESET,
        BYTES_THEN_RESET
    }

    /// G8: however the peer ends it, and whatever state we are in, the loop has nothing to do afterwards
    @ParameterizedTest
    @EnumSource
    void staysQuietHoweverThePeerEnds(Ending ending) throws Exception {
        needsRealSystem("its peers are sockets of the system");
        var plain = new Talker();
        var paused = new Talker().onMade(it -> it.transport().pauseProducing());
        var half = new HalfTalker();
        var pausedHalf = new HalfTalker().onMade(it -> it.transport().pauseProducing());
        var sentAll = new HalfTalker().onMade(it -> it.transport().loseWriteConnection());
        var blocked = new Talker().onMade(it -> it.transport().write(new byte[20_000_000]));
        var closing = new Talker().onMade(it -> {
            it.transport().write(new byte[20_000_000]);
            it.transport().loseConnection();
        });
        var servers = new ArrayDeque<Protocol>(List.of(plain, paused, half, pausedHalf, sentAll, blocked, closing));
        port = listen(Factory.of(servers::removeFirst));
        var peers = new ArrayList<SocketChannel>();
        while (peers.size() < servers.size()) {
            peers.add(SocketChannel.open(wire().socketAddress(port)));
        }
        var threads = ManagementFactory.getThreadMXBean();
        var used = new long[1];
        reactor.callLater(Duration.ofMillis(30), () -> {
            for (SocketChannel peer : peers) {
                end(peer, ending);
            }
            reactor.callLater(Duration.ofMillis(50), () -> {
                long start = threads.getCurrentThreadCpuTime();
                reactor.callLater(Duration.ofMillis(100), () -> {
                    used[0] = threads.getCurrentThreadCpuTime() - start;
                    reactor.stop();
                });
            });
        });
        run();
        for (SocketChannel peer : peers) {
            peer.close();
        }

        assertTrue(used[0] < Duration.ofMillis(50).toNanos(), "processor time used: " + used[0] + " ns");
    }

    private void end(SocketChannel peer, Ending ending) throws IOException {
        switch (ending) {
            case END -> peer.shutdownOutput();
            case RESET -> wire().reset(peer);
            case END_THEN_RESET -> {
                peer.shutdownOutput();
                wire().reset(peer);
            }
            case BYTES_THEN_RESET -> {
                peer.write(ByteBuffer.allocate(1000));
                wire().reset(peer);
            }
        }
    }

    // Faults

    /// TRA-20
    @Test
    void losesTheConnectionWithAnExceptionOfDataReceived() {
        client.onMade(it -> it.say("boo"));
        server.onData(it -> {
            throw new IllegalArgumentException("boo?");
        });
        converse(server, client);

        assertEquals(IllegalArgumentException.class, server.end());
        assertEquals(List.of("Unhandled Error"), criticalTexts());
        assertTrue(systemOfCritical().startsWith("Talker,0," + wire().clientName()), systemOfCritical());
        assertEquals(List.of("boo?"), LifeContract.messages(takeCriticals()));
    }

    /// FAI-13, TRA-20: what recurses too deep, perhaps because the peer made it, costs that connection and no more.
    @Test
    void losesTheConnectionWithAStackOverflow() {
        client.onMade(it -> it.say("(((("));
        server.onData(it -> assertEquals(0, endlessDepth(0)));
        converse(server, client);

        assertEquals(StackOverflowError.class, server.end());
        assertEquals(List.of("Unhandled Error"), criticalTexts());
        assertEquals(StackOverflowError.class, takeCriticals().getFirst().getClass());
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int endlessDepth(int depth) {
        return endlessDepth(depth + 1) + 1;
    }

    /// FAI-13: an error of the JVM itself ends the loop.
    @Test
    void endsWithAnErrorOfTheJvm() {
        client.onMade(it -> it.say("boo"));
        server.onData(it -> {
            throw new InternalError("the JVM is broken");
        });
        listen(server);
        connect(client);

        assertEquals(
                "the JVM is broken",
                assertThrows(InternalError.class, this::run).getMessage());
    }

    /// TRA-20: both ends alike
    @Test
    void losesTheConnectionWithAnExceptionOfConnectionMade() {
        server.onMade(it -> {
            throw new IllegalStateException("server");
        });
        client.onMade(it -> {
            throw new IllegalStateException("client");
        });
        converse(server, client);

        assertEquals(IllegalStateException.class, server.end());
        assertEquals(IllegalStateException.class, client.end());
        assertEquals(2, takeCriticals().size());
    }

    /// TRA-21
    @Test
    void survivesAnExceptionOfConnectionLost() {
        client.onMade(it -> it.transport().loseConnection());
        client.onLost(it -> {
            throw new IllegalStateException("at the end");
        });
        converse(server, client);

        assertEquals(List.of("at the end"), LifeContract.messages(takeCriticals()));
    }

    /// TRA-13, REA-9
    @Test
    void losesEveryConnectionAtShutdown() {
        client.onMade(it -> reactor.callLater(Duration.ofMillis(5), reactor::stop));
        listen(server);
        connect(client);
        run();

        assertEquals(ConnectionLost.class, client.end());
        assertEquals(ConnectionLost.class, server.end());
    }

    // What a transport tells

    /// TRA-14, TRA-15, TRA-16, TRA-17, LIS-8
    @Test
    void knowsItsEndsAndItsNameInTheLog() {
        var systems = new ArrayList<String>();
        client.onMade(it -> {
            systems.add(LogContext.current().system());
            assertSame(it.transport().peer(), it.transport().peer());
            it.say("x");
        });
        server.onMade(it -> systems.add(LogContext.current().system()));
        server.onData(it -> {
            systems.add(LogContext.current().system());
            assertEquals(it.transport().peer(), client.transport().host());
            assertEquals(it.transport().host(), client.transport().peer());
            assertEquals(port.host(), it.transport().host());
            assertEquals(reactor, it.transport().clock());
            it.transport().loseConnection();
        });
        server.onLost(it -> systems.add(LogContext.current().system()));
        converse(server, client);

        systems.sort(null);
        assertEquals(
                List.of(
                        "Talker,0," + wire().clientName(),
                        "Talker,0," + wire().clientName(),
                        "Talker,client",
                        "bowline.protocol.SuppliedFactory"),
                systems);
        assertEquals("-", LogContext.current().system());
    }

    // Files

    @Test
    void sendsAFileBetweenOtherBytes(@TempDir Path folder) throws IOException {
        var bytes = new byte[1_500_000];
        new Random(2).nextBytes(bytes);
        Path path = Files.write(folder.resolve("file"), bytes);
        var sent = new ArrayList<Long>();
        try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
            server.onMade(it -> {
                it.say("head");
                it.transport().sendFile(file, 1, bytes.length - 1).onSuccess(sent::add);
                it.say("tail");
                assertEquals(bytes.length + 7, it.transport().unsentBytes());
                it.transport().loseConnection();
            });
            converse(server, client);
        }

        byte[] heard = client.heard.toByteArray();
        assertEquals(bytes.length + 7, heard.length);
        assertTrue(Arrays.equals(bytes, 1, bytes.length, heard, 4, heard.length - 4));
        assertEquals("tail", client.heard().substring(client.heard().length() - 4));
        assertEquals(List.of(bytes.length - 1L), sent);
    }

    /// The Deferred of a file may do anything, even end the connection.
    @Test
    void abortsFromInsideTheEndOfAFile(@TempDir Path folder) throws IOException {
        Path path = Files.write(folder.resolve("file"), new byte[10]);
        try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
            server.onMade(it -> it.transport().sendFile(file, 0, 10).onBoth(() -> {
                it.say("dropped");
                it.transport().abortConnection();
            }));
            converse(server, client);
        }

        assertEquals(ConnectionAborted.class, server.end());
    }

    @Test
    void losesTheConnectionWhenAFileIsShorterThanSaid(@TempDir Path folder) throws IOException {
        Path path = Files.write(folder.resolve("file"), new byte[10]);
        var failed = new ArrayList<Class<?>>();
        try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
            server.onMade(it -> it.transport().sendFile(file, 0, 11).addErrback(failure -> {
                failed.add(failure.type());
                return null;
            }));
            converse(server, client);
        }

        assertEquals(List.of(ConnectionLost.class), failed);
        assertEquals(ConnectionLost.class, server.end());
    }

    /// A server's protocol that its factory builds per connection keeps its own state.
    @Test
    void countsSessionsPerPort() {
        var prefixes = new ArrayList<String>();
        port = listen(Factory.of(() -> new Protocol() {
            @Override
            public void connectionMade() {
                prefixes.add(transport().toString());
                transport().loseConnection();
            }

            @Override
            public String logPrefix() {
                return "Named";
            }
        }));
        var second = new Talker();
        client.onLost(it -> connect(second));
        connect(client);
        runUntilLost(client, second);

        assertTrue(prefixes.get(0).startsWith("Named,0," + wire().clientName()), prefixes.toString());
        assertTrue(prefixes.get(1).startsWith("Named,1," + wire().clientName()), prefixes.toString());
    }

    private String systemOfCritical() {
        return logged.stream()
                .filter(event -> event.failure() != null)
                .map(event -> event.context().system())
                .findFirst()
                .orElse("");
    }
}
