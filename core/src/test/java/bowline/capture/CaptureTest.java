package bowline.capture;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.log.CapturedLogs;
import bowline.log.Logger;
import bowline.policy.ProtocolWrapper;
import bowline.protocol.Address;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.PullProducer;
import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a capture keeps, what it leaves out, and when it is written.
class CaptureTest {
    private static final Address PEER = new Address.IPv4(Address.Carrier.TCP, "192.168.1.1", 54321);
    private static final CaptureOptions ALL =
            CaptureOptions.USUAL.mode(CaptureMode.ON).masking(Masking.NOTHING);

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();

    private Captures captures(CaptureOptions options) {
        return new Captures(folder.resolve("captures"), options);
    }

    private MemoryTransport connect(Captures captures, Protocol inner) {
        try {
            Protocol protocol = captures.inFrontOf(Factory.of(() -> inner)).build(PEER);
            assertThat(protocol).isNotNull();
            return MemoryTransport.connect(protocol, clock);
        } catch (Exception unbuilt) {
            throw new AssertionError(unbuilt);
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(folder.resolve("captures"))) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder.resolve("captures"))) {
            return all.sorted().toList();
        }
    }

    private CapturedConnection onlyFile() throws IOException {
        assertThat(files()).hasSize(1);
        return CapturedConnection.read(files().getFirst());
    }

    @Test
    void offCostsNothing() {
        Factory<Adder> plain = Factory.of(Adder::new);

        assertThat(captures(ALL.mode(CaptureMode.OFF)).inFrontOf(plain)).isSameAs(plain);
    }

    @Test
    void aConversationIsWrittenAsItWas() throws IOException {
        MemoryTransport wire = connect(captures(ALL), new Adder());
        clock.advance(Duration.ofMillis(2));
        wire.deliver("1\n2\n3");
        clock.advance(Duration.ofMillis(3));
        wire.deliver("0\n");
        wire.close();

        assertThat(Files.readString(files().getFirst())).isEqualTo("""
                bowline-capture 1
                protocol "Adder"
                opened 2000-01-01T00:00:00Z
                host tcp 10.0.0.1 12345
                peer tcp 192.168.1.1 54321
                dropped 0 0 0
                0 opened
                2000000 received 1 "1\\n2\\n3"
                2000000 written "1\\n"
                2000000 written "3\\n"
                5000000 received 0 "0\\n"
                5000000 written "33\\n"
                5000000 closed "bowline.protocol.ConnectionDone Connection was closed cleanly."
                """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())))
                .isEqualTo("rw-------");
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        var random = new Random(20260301);
        byte[] bytes = new byte[5_000];
        random.nextBytes(bytes);
        // Cut at random means down to single bytes, so there may be as many pieces as bytes.
        MemoryTransport wire = connect(captures(ALL.ofConnection(65_536, 2 * bytes.length)), new Protocol());
        wire.deliverCutAtRandom(bytes, 1);
        wire.close();

        CapturedConnection read = onlyFile();

        var received = ByteBuffer.allocate(bytes.length);
        read.events().stream()
                .filter(event -> event.kind() == CaptureEvent.Kind.RECEIVED)
                .forEach(event -> received.put(event.bytes()));
        assertThat(received.array()).isEqualTo(bytes);
        assertThat(read.toString()).isEqualTo(Files.readString(files().getFirst()));
    }

    @Test
    void onErrorOnlyWhatFailsIsWritten() throws IOException {
        Captures onError = captures(ALL.mode(CaptureMode.ON_ERROR));
        connect(onError, new Adder()).close();
        assertThat(files()).isEmpty();

        connect(onError, new Adder()).close(ConnectionLost.FAILURE);
        assertThat(onlyFile().events().getLast().text()).startsWith("bowline.protocol.ConnectionLost");

        MemoryTransport wire = connect(onError, new Adder());
        assertThatThrownBy(() -> wire.deliver("one\n")).isInstanceOf(NumberFormatException.class);
        wire.close();
        assertThat(files()).hasSize(2);
        assertThat(onError.files()).isEqualTo(2);
    }

    @Test
    void anErrorThatIsLoggedForAConnectionCounts() throws IOException {
        var log = Logger.of(CaptureTest.class);
        Captures onError = captures(ALL.mode(CaptureMode.ON_ERROR));
        MemoryTransport good = connect(onError, new Adder());
        MemoryTransport bad = connect(onError, new Protocol() {
            @Override
            public void dataReceived(ByteBuffer unread) {
                log.error("no idea what {bytes} bytes mean", unread.remaining());
                super.dataReceived(unread);
            }
        });
        try (var logs = CapturedLogs.open()) {
            bad.deliver("what");
            assertThat(logs.texts()).contains("no idea what 4 bytes mean");
        }
        log.info("nothing");
        good.close();
        bad.close();

        assertThat(onlyFile().events())
                .anyMatch(event ->
                        event.kind() == CaptureEvent.Kind.LOGGED && event.text().equals("no idea what 4 bytes mean"));
    }

    @Test
    void theRingKeepsTheLast() throws IOException {
        MemoryTransport wire = connect(captures(ALL.ofConnection(10, 100)), new Protocol());
        wire.deliver("12345678");
        wire.deliver("abcdef");
        wire.close();

        CapturedConnection read = onlyFile();

        assertThat(read.dropped()).isEqualTo(new CapturedConnection.Dropped(2, 8, 0));
        assertThat(new String(read.events().getFirst().bytes(), US_ASCII)).isEqualTo("abcdef");
    }

    @Test
    void aRingHasRoomForSoManyEvents() throws IOException {
        MemoryTransport wire = connect(captures(ALL.ofConnection(1_000, 3)), new Protocol());
        wire.deliverEachByte("abcdef".getBytes(US_ASCII));
        wire.close();

        assertThat(onlyFile().events()).hasSize(3);
        assertThat(onlyFile().dropped()).isEqualTo(new CapturedConnection.Dropped(5, 4, 0));
    }

    @Test
    void aFileHasRoomForSoManyBytes() throws IOException {
        MemoryTransport wire = connect(captures(ALL.files(4_096, 10)), new Protocol());
        for (int i = 0; i < 100; i++) {
            wire.deliver("x".repeat(100));
        }
        wire.close();

        assertThat(Files.size(files().getFirst())).isBetween(3_500L, 4_096L);
        assertThat(onlyFile().dropped().received()).isPositive();
    }

    @Test
    void thereAreSoManyFilesAndSoManyConnections() throws IOException {
        Captures few = captures(ALL.files(4_096, 2).maxConnections(1));
        MemoryTransport first = connect(few, new Adder());
        MemoryTransport beyond = connect(few, new Adder());
        beyond.deliver("1\n");
        assertThat(beyond.text()).isEqualTo("1\n");
        beyond.close();
        assertThat(files()).isEmpty();

        first.close();
        connect(few, new Adder()).close();
        connect(few, new Adder()).close();
        assertThat(files()).hasSize(2);
    }

    @Test
    void aFolderThatCannotBeWrittenCostsNoConnection() throws IOException {
        Files.writeString(folder.resolve("captures"), "a file");
        try (var logs = CapturedLogs.open()) {
            connect(captures(ALL), new Adder()).close();

            assertThat(logs.texts()).anyMatch(text -> text.contains("A capture cannot be written to"));
        }
    }

    @Test
    void pausesAndProducersAreNoted() throws IOException {
        var asked = new ArrayList<String>();
        MemoryTransport wire = connect(captures(ALL), new Protocol() {
            @Override
            public void connectionMade() {
                transport().pauseProducing();
                transport().resumeProducing();
                transport().registerProducer(new PullProducer() {
                    @Override
                    public void produceMore() {
                        asked.add("more");
                        transport().write("x");
                        transport().unregisterProducer();
                    }

                    @Override
                    public void stopProducing() {}
                });
                transport().loseConnection();
            }
        });
        wire.close();

        assertThat(asked).hasSize(1);
        assertThat(onlyFile().events().stream().map(CaptureEvent::kind))
                .containsExactly(
                        CaptureEvent.Kind.OPENED,
                        CaptureEvent.Kind.PAUSED,
                        CaptureEvent.Kind.RESUMED,
                        CaptureEvent.Kind.PRODUCER_ASKED,
                        CaptureEvent.Kind.WRITTEN,
                        CaptureEvent.Kind.CLOSING,
                        CaptureEvent.Kind.CLOSED);
    }

    @Test
    void theLayerNamesTheProtocolWithin() throws Exception {
        Protocol wrapped = captures(ALL).inFrontOf(Factory.of(Adder::new)).build(PEER);

        assertThat(wrapped).isInstanceOf(ProtocolWrapper.class);
        assertThat(wrapped.logPrefix()).startsWith("Adder");
    }

    @Test
    void whatIsNoCaptureIsRefusedWithItsLine() throws IOException {
        assertRefused("hello\n", ":1: a capture begins with \"bowline-capture 1\"");
        assertRefused("bowline-capture 2\n", ":1:");
        String head = "bowline-capture 1\nprotocol \"P\"\nopened 2000-01-01T00:00:00Z\nhost pipe\npeer unix \"/a b\"\n"
                + "dropped 0 0 0\n";
        assertRefused(head.replace("2000-01-01T", "yesterday"), ":3: a capture has a time");
        assertRefused(head.replace("pipe", "pope"), ":4: a capture has an address of a known kind");
        assertRefused(head + "0 exploded\n", ":7: a capture has no event \"exploded\"");
        assertRefused(head + "-1 opened\n", ":7: a capture has a number");
        assertRefused(head + "0 written \"a\\q\"\n", ":7: a capture has no such escape, at column 14");
        assertRefused(head + "0 written \"a\\x4\"\n", ":7: a capture has two hexadecimal digits");
        assertRefused(head + "0 written \"a\n", ":7: a capture has a '\"' at column 13");
        assertRefused(head + "0 opened 5\n", ":7: a capture has nothing behind that");
    }

    private void assertRefused(String text, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("some.capture"), text);
        assertThatThrownBy(() -> CapturedConnection.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    @Test
    void optionsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> ALL.ofConnection(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ALL.files(100, 1)).hasMessageContaining("fileMaxBytes 100");
        assertThatThrownBy(() -> CaptureMode.named("sometimes")).hasMessageContaining("on-error");
        assertThat(CaptureMode.named("on-error")).isEqualTo(CaptureMode.ON_ERROR);
    }
}
