package bowline.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.failure.Failure;
import bowline.log.CapturedLogs;
import bowline.log.LogContext;
import bowline.protocol.Address;
import bowline.protocol.ConnectionAborted;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.protocol.PullProducer;
import bowline.protocol.PushProducer;
import bowline.protocol.Transport;
import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Standard input and output as a transport: STD-1, STD-2, and the rules of sections 17 and 18, on pipes of the
/// system.
@Timeout(30)
class StandardIoTest {
    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    private final Reactor reactor = Reactor.create("nio");
    private final List<String> seen = new ArrayList<>();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private OutputStream typing;
    private InputStream reading;
    private InputStream in;
    private OutputStream out;
    private @Nullable Failure reason;

    @BeforeEach
    void makePipes() throws IOException {
        Pipe input = Pipe.open();
        Pipe output = Pipe.open();
        typing = Channels.newOutputStream(input.sink());
        in = Channels.newInputStream(input.source());
        reading = Channels.newInputStream(output.source());
        out = Channels.newOutputStream(output.sink());
    }

    @AfterEach
    void closePipes() throws IOException {
        typing.close();
        reading.close();
    }

    /// Does what the test says, and stops the reactor when its connection is lost.
    private class Talker extends Protocol {
        Consumer<Transport> whenMade = _ -> {};
        Consumer<Transport> whenData = _ -> {};

        @Override
        public void connectionMade() {
            seen.add("made");
            whenMade.accept(transport());
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            byte[] bytes = new byte[unread.remaining()];
            unread.get(bytes);
            heard.writeBytes(bytes);
            whenData.accept(transport());
        }

        @Override
        public void connectionLost(Failure why) {
            seen.add("lost");
            reason = why;
            reactor.stop();
        }

        Talker onMade(Consumer<Transport> action) {
            whenMade = action;
            return this;
        }

        Talker onData(Consumer<Transport> action) {
            whenData = action;
            return this;
        }
    }

    private final class HalfTalker extends Talker implements HalfCloseable {
        Runnable whenReadEnded = () -> {};

        @Override
        public void readConnectionLost() {
            seen.add("read ended");
            whenReadEnded.run();
        }

        @Override
        public void writeConnectionLost() {
            seen.add("write ended");
        }
    }

    private void run(Protocol protocol) {
        run(protocol, TransportLimits.DEFAULT);
    }

    private void run(Protocol protocol, TransportLimits limits) {
        reactor.callWhenRunning(
                () -> StandardIO.over(reactor, protocol, SystemPipes.over(in, out), limits, _ -> seen.add("after")));
        reactor.callLater(Duration.ofSeconds(20), reactor::crash);
        reactor.run(false);
        assertThat(seen).as("what was seen").endsWith("lost", "after");
    }

    private CompletableFuture<byte[]> readAll() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return reading.readAllBytes();
                    } catch (IOException broken) {
                        throw new AssertionError(broken);
                    }
                },
                THREADS);
    }

    private void type(String text) {
        try {
            typing.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Class<?> end() {
        return reason == null ? Void.class : reason.type();
    }

    @Test
    @DisplayName("STD-1: connected at once; peer and host are a pipe; loseConnection flushes")
    void saysSomethingAndGoes() throws Exception {
        run(new Talker().onMade(it -> {
            assertEquals(new Address.Pipe(), it.peer());
            assertEquals(new Address.Pipe(), it.host());
            assertTrue(it.connected());
            assertThat(LogContext.current().system()).isEqualTo("Talker,stdio");
            it.write("bye");
            it.loseConnection();
            assertTrue(it.disconnecting());
            it.write(", still sent"); // TRA-6
            assertThat(seen).containsExactly("made");
        }));

        assertEquals("bye, still sent", text(readAll().get(10, TimeUnit.SECONDS)));
        assertEquals(ConnectionDone.class, end());
    }

    @Test
    @DisplayName("STD-1, TRA-2: ten million bytes there and back, and the end of the input loses none of them")
    void echoesMuch() throws Exception {
        var bytes = new byte[10_000_000];
        long seed = System.nanoTime();
        new Random(seed).nextBytes(bytes);
        CompletableFuture<byte[]> back = readAll();
        CompletableFuture<Void> typed = CompletableFuture.runAsync(
                () -> {
                    try {
                        typing.write(bytes);
                        typing.close();
                    } catch (IOException broken) {
                        throw new AssertionError(broken);
                    }
                },
                THREADS);
        run(new Protocol() {
            @Override
            public void connectionMade() {
                transport().registerProducer(transport()); // as much comes in as goes out
            }

            @Override
            public void dataReceived(ByteBuffer unread) {
                transport().write(unread);
                assertThat(transport().unsentBytes()).isLessThan(65_536 + 2 * ThreadedInput.PIECE_MAX_BYTES);
            }

            @Override
            public void connectionLost(Failure why) {
                seen.add("lost");
                reason = why;
                reactor.stop();
            }
        });
        typed.get(10, TimeUnit.SECONDS);

        assertTrue(Arrays.equals(bytes, back.get(10, TimeUnit.SECONDS)), "seed " + seed);
        assertEquals(ConnectionDone.class, end());
    }

    @Test
    @DisplayName("STD-1: each half ends by itself for a protocol that knows halves")
    void goesOnWithHalfAConnection() throws Exception {
        var talker = new HalfTalker();
        talker.onData(it -> it.write("answer to " + text(heard.toByteArray())));
        talker.whenReadEnded = () -> {
            talker.transport().write(", the end");
            talker.transport().loseWriteConnection();
        };
        typing.write("question".getBytes(StandardCharsets.UTF_8));
        typing.close();
        run(talker);

        assertEquals("answer to question, the end", text(readAll().get(10, TimeUnit.SECONDS)));
        assertThat(seen).containsExactly("made", "read ended", "write ended", "lost", "after");
        assertEquals(ConnectionDone.class, end());
    }

    @Test
    @DisplayName("TRA-9: the output may end first, and the input goes on")
    void readsOnWithoutOutput() throws Exception {
        CompletableFuture<byte[]> back = readAll();
        run(new Talker()
                .onMade(it -> {
                    it.write("over");
                    it.loseWriteConnection();
                    back.thenAccept(_ -> reactor.callFromThread(() -> {
                        typing.write('x');
                        it.write("ignored");
                    }));
                })
                .onData(Transport::loseConnection));

        assertEquals("over", text(back.get(10, TimeUnit.SECONDS)));
        assertEquals("x", heard.toString(StandardCharsets.UTF_8));
        assertEquals(ConnectionDone.class, end());
    }

    @Test
    @DisplayName("STD-1: a reader that is gone ends the connection of an ordinary protocol")
    void losesItsReader() throws Exception {
        reading.close();
        run(new Talker().onMade(it -> it.write("anybody?")));

        assertEquals(ConnectionLost.class, end());
        assertThat(reason.message()).contains("standard output cannot be written any more");
    }

    @Test
    @DisplayName("STD-1: a protocol that knows halves hears that its reader is gone, and reads on")
    void tellsOfALostReader() throws Exception {
        reading.close();
        var talker = new HalfTalker();
        talker.onMade(it -> {
            it.write("anybody?");
            reactor.callLater(Duration.ofMillis(20), typing::close);
        });
        run(talker);

        assertThat(seen).containsSubsequence("made", "write ended", "read ended", "lost");
        assertEquals(ConnectionDone.class, end());
    }

    @Test
    @DisplayName("PRO-9: what is paused reads nothing more, but what its thread had in hand")
    void pauses() throws Exception {
        run(new Talker()
                .onMade(it -> {
                    it.pauseProducing();
                    type("x");
                    reactor.callLater(Duration.ofMillis(30), () -> {
                        assertEquals(0, heard.size());
                        it.resumeProducing();
                        assertEquals(0, heard.size(), "shown inside of resumeProducing");
                    });
                })
                .onData(Transport::loseConnection));

        assertEquals("x", heard.toString(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("PRO-4, PRO-8: a slow reader pauses a producer and not the reactor; the close waits for the producer")
    void pausesAProducer() throws Exception {
        var asked = new ArrayList<String>();
        var back = new CompletableFuture<byte[]>();
        run(new Talker().onMade(it -> {
            it.registerProducer(new PushProducer() {
                @Override
                public void pauseProducing() {
                    asked.add("pause");
                    readAll().thenAccept(back::complete);
                }

                @Override
                public void resumeProducing() {
                    asked.add("resume");
                    assertEquals(0, it.unsentBytes());
                    it.loseConnection();
                    reactor.callLater(Duration.ofMillis(5), () -> {
                        it.write("late");
                        it.unregisterProducer();
                    });
                }

                @Override
                public void stopProducing() {
                    asked.add("stop");
                }
            });
            it.write(new byte[65_536]);
            assertThat(asked).isEmpty();
            it.write(new byte[1_000_000]);
        }));

        assertThat(asked).containsExactly("pause", "resume");
        assertEquals(1_065_540, back.get(10, TimeUnit.SECONDS).length);
    }

    @Test
    @DisplayName("PRO-5: a pull producer is asked each time all is sent")
    void pulls() throws Exception {
        run(new Talker()
                .onMade(it -> it.registerProducer(new PullProducer() {
                    private int pieces;

                    @Override
                    public void produceMore() {
                        if (pieces++ < 3) {
                            it.write("piece " + pieces + ";");
                        } else {
                            it.unregisterProducer();
                            it.loseConnection();
                        }
                    }

                    @Override
                    public void stopProducing() {
                        seen.add("stop");
                    }
                })));

        assertEquals("piece 1;piece 2;piece 3;", text(readAll().get(10, TimeUnit.SECONDS)));
    }

    @Test
    @DisplayName("TRA-8, PRO-7: abort drops what waits, and stops the producer")
    void aborts() throws Exception {
        run(new Talker().onMade(it -> {
            it.registerProducer(new PullProducer() {
                @Override
                public void produceMore() {
                    it.write(new byte[1_000_000]);
                }

                @Override
                public void stopProducing() {
                    seen.add("stop");
                }
            });
            it.loseConnection();
            reactor.callLater(Duration.ofMillis(10), () -> {
                it.abortConnection();
                it.abortConnection();
                assertTrue(it.connected(), "told later");
            });
        }));

        assertThat(seen).containsExactly("made", "stop", "lost", "after");
        assertEquals(ConnectionAborted.class, end());
    }

    @Test
    @DisplayName("unreadMaxBytes, both sides")
    void limitsWhatIsLeftUnread() throws Exception {
        typing.write(new byte[100]);
        var sizes = new ArrayList<Integer>();
        run(
                new Talker() {
                    @Override
                    public void dataReceived(ByteBuffer unread) {
                        sizes.add(unread.remaining());
                        type("x");
                    }
                },
                TransportLimits.DEFAULT.unreadMaxBytes(100));

        assertThat(sizes).containsExactly(100, 101);
        assertEquals(ConnectionLost.class, end());
        assertThat(reason.message()).contains("101 bytes unread, more than unreadMaxBytes 100");
    }

    @Test
    @DisplayName("outboundMaxBytes, both sides")
    void limitsWhatWaits() throws Exception {
        run(
                new Talker().onMade(it -> {
                    it.write(new byte[100_000]);
                    assertEquals(100_000, it.unsentBytes());
                    it.write(new byte[1]);
                }),
                TransportLimits.DEFAULT.outboundMaxBytes(100_000));

        assertEquals(ConnectionLost.class, end());
        assertThat(reason.message()).contains("more than outboundMaxBytes 100000");
    }

    @Test
    @DisplayName("TRA-20, TRA-21: an exception ends the connection; one at the end is logged only")
    void failsWithItsProtocol() throws Exception {
        typing.write('x');
        try (var logs = CapturedLogs.open()) {
            run(
                    new Talker() {
                        @Override
                        public void connectionLost(Failure why) {
                            super.connectionLost(why);
                            throw new IllegalStateException("at the end");
                        }
                    }.onData(_ -> {
                        throw new IllegalArgumentException("boo");
                    }));

            assertEquals(IllegalArgumentException.class, end());
            assertThat(logs.failures()).hasSize(2);
        }
    }

    @Test
    @DisplayName("TRA-20: so does one of connectionMade")
    void failsAtOnce() {
        try (var logs = CapturedLogs.open()) {
            run(new Talker().onMade(_ -> {
                throw new IllegalArgumentException("boo");
            }));
            assertThat(logs.failures()).hasSize(1);
        }
        assertEquals(IllegalArgumentException.class, end());
    }

    @Test
    @DisplayName("TRA-13, REA-9: the reactor's end is the connection's")
    void endsWithTheReactor() {
        var protocol = new Protocol() {
            @Override
            public void connectionLost(Failure why) {
                seen.add("lost");
                reason = why;
            }
        };
        reactor.callLater(Duration.ofMillis(5), reactor::stop);
        run(protocol);

        assertEquals(ConnectionLost.class, end());
        assertFalse(protocol.transport().connected());
    }

    @Test
    @DisplayName("sendFile: between other bytes, in order")
    void sendsAFile(@TempDir Path folder) throws Exception {
        var bytes = new byte[300_000];
        new Random(4).nextBytes(bytes);
        var sent = new ArrayList<Long>();
        CompletableFuture<byte[]> back = readAll();
        try (var file = FileChannel.open(Files.write(folder.resolve("file"), bytes))) {
            run(new Talker().onMade(it -> {
                it.write("head");
                it.sendFile(file, 1, bytes.length - 1).onSuccess(sent::add);
                assertThatThrownBy(() -> it.sendFile(file, 0, 1)).isInstanceOf(IllegalStateException.class);
                it.write("tail");
                assertEquals(bytes.length + 7, it.unsentBytes());
                it.loseConnection();
            }));
        }

        byte[] all = back.get(10, TimeUnit.SECONDS);
        assertEquals(bytes.length + 7, all.length);
        assertTrue(Arrays.equals(bytes, 1, bytes.length, all, 4, all.length - 4));
        assertEquals("tail", text(Arrays.copyOfRange(all, all.length - 4, all.length)));
        assertThat(sent).containsExactly(bytes.length - 1L);
    }

    @Test
    @DisplayName("sendFile: a file that is shorter than was said breaks the connection")
    void breaksOffWithAShortFile(@TempDir Path folder) throws Exception {
        var failed = new ArrayList<Class<?>>();
        try (var file = FileChannel.open(Files.write(folder.resolve("file"), new byte[10]))) {
            run(new Talker()
                    .onMade(it -> it.sendFile(file, 0, 11).addErrback(failure -> {
                        failed.add(failure.type());
                        return null;
                    })));
        }

        assertThat(failed).containsExactly(ConnectionLost.class);
        assertEquals(ConnectionLost.class, end());
        assertThat(reason.message()).contains("the file ends 1 bytes before");
    }
}
