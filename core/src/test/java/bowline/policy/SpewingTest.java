package bowline.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.failure.Failure;
import bowline.log.CapturedLogs;
import bowline.protocol.Address;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// POL-8: everything that a connection says and hears, in the log.
class SpewingTest {
    private static final Address PEER = new Address.IPv4(Address.Carrier.TCP, "10.0.0.1", 4000);

    private final List<String> heard = new ArrayList<>();

    /// Takes lines.
    private final class Lines extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            for (int i = unread.position(); i < unread.limit(); i++) {
                if (unread.get(i) == '\n') {
                    heard.add(StandardCharsets.US_ASCII
                            .decode(unread.slice(unread.position(), i - unread.position()))
                            .toString());
                    unread.position(i + 1);
                }
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            heard.add("lost");
        }
    }

    private ProtocolWrapper<Lines> spewing() throws Exception {
        return Objects.requireNonNull(new SpewingFactory<>(Factory.of(Lines::new)).build(PEER));
    }

    private static List<String> texts(CapturedLogs logs) {
        return logs.texts().stream()
                .filter(text -> !text.startsWith("Starting factory"))
                .toList();
    }

    @Test
    @DisplayName("POL-8, G10: what comes in and goes out, escaped, and the end; the connection is as without it")
    void logsEverything(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("file"), "a file's");
        try (var logs = CapturedLogs.open();
                var file = FileChannel.open(text)) {
            ProtocolWrapper<Lines> wrapper = spewing();
            MemoryTransport transport = MemoryTransport.connect(wrapper, new ManualClock());
            transport.deliver("one\n");
            wrapper.inner().transport().write("two\r\n\u0001");
            wrapper.inner().transport().write(ByteBuffer.wrap(new byte[] {'3', 0}));
            wrapper.inner().transport().writeOwned(ByteBuffer.wrap(new byte[] {'4', (byte) 0xFF}));
            wrapper.inner().transport().sendFile(file, 2, 4);
            transport.close(Failure.of(new ConnectionLost("cable cut")));

            assertEquals(
                    List.of(
                            "Received: \"one\\n\"",
                            "Sending: \"two\\r\\n\\x01\"",
                            "Sending: \"3\\x00\"",
                            "Sending: \"4\\xff\"",
                            "Sending: 4 bytes of a file, from 2 on",
                            "Connection lost: cable cut"),
                    texts(logs));
            assertEquals("two\r\n\u00013\0004", transport.text().substring(0, 9));
            assertTrue(transport.text().endsWith("file"));
            assertEquals(List.of("one", "lost"), heard);
        }
    }

    @Test
    @DisplayName("POL-8: what is left unread and shown again is logged once")
    void logsEachByteOnce() throws Exception {
        try (var logs = CapturedLogs.open()) {
            MemoryTransport transport = MemoryTransport.connect(spewing(), new ManualClock());
            transport.deliver("ab");
            transport.deliver("cd\nef");
            transport.deliver("\n");

            assertEquals(List.of("Received: \"ab\"", "Received: \"cd\\nef\"", "Received: \"\\n\""), texts(logs));
            assertEquals(List.of("abcd", "ef"), heard);
        }
    }

    @Test
    @DisplayName("POL-8, G1: of a long piece only the beginning")
    void shortens() throws Exception {
        try (var logs = CapturedLogs.open()) {
            ProtocolWrapper<Lines> wrapper = spewing();
            MemoryTransport.connect(wrapper, new ManualClock());
            wrapper.inner().transport().write("x".repeat(SpewingFactory.SHOWN_MAX_BYTES));
            wrapper.inner().transport().write("x".repeat(SpewingFactory.SHOWN_MAX_BYTES + 1));

            String most = "Sending: \"" + "x".repeat(SpewingFactory.SHOWN_MAX_BYTES) + "\"";
            assertEquals(most, texts(logs).get(0));
            assertTrue(texts(logs).get(1).startsWith(most) && texts(logs).get(1).length() < most.length() + 10);
        }
    }
}
