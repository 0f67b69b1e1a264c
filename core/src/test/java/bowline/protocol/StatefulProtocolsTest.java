package bowline.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.bytes.Ascii;
import bowline.framing.LengthFramer;
import bowline.framing.StringLimits;
import bowline.log.CapturedLogs;
import bowline.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// STF-1, STF-2: protocols whose state says what comes next.
class StatefulProtocolsTest {
    private final List<String> heard = new ArrayList<>();

    /// A length of two digits, then as many bytes; "." by itself when the length is 0.
    private class Counted extends StatefulProtocol {
        Counted() {
            super(50);
        }

        @Override
        protected Next initial() {
            return next(2, this::length);
        }

        private Next length(ByteBuffer bytes) {
            return next(Integer.parseInt(Ascii.text(bytes)), this::body);
        }

        private Next body(ByteBuffer bytes) {
            heard.add(Ascii.text(bytes));
            if (heard.getLast().equals("bye")) {
                transport().loseConnection();
            }
            return initial();
        }
    }

    @Test
    @DisplayName("STF-2: a handler gets as many bytes as were asked for, and names the next")
    void givesEachStepItsBytes() {
        MemoryTransport.connect(new Counted()).deliver("05hello0002xy");
        assertEquals(List.of("hello", "", "xy"), heard);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    @DisplayName("STF-2: wherever the bytes are cut")
    void doesNotCareWhereBytesAreCut(long seed) {
        byte[] bytes = Ascii.bytes("05hello00" + "03abc10abcdefghij00");
        MemoryTransport.connect(new Counted()).deliverCutAtRandom(bytes, seed);
        MemoryTransport.connect(new Counted()).deliverEachByte(bytes);
        List<String> once = List.of("hello", "", "abc", "abcdefghij", "");
        assertEquals(once, heard.subList(0, 5));
        assertEquals(once, heard.subList(5, 10));
    }

    @Test
    @DisplayName("STF-2: nothing is handled once the connection is being lost")
    void stopsWhenDisconnecting() {
        MemoryTransport transport = MemoryTransport.connect(new Counted());
        transport.deliver("03bye05hello");
        assertEquals(List.of("bye"), heard);
        assertTrue(transport.disconnecting());
    }

    @Test
    @DisplayName("STF-2: null keeps the same step")
    void keepsTheSameStep() {
        var pairs = new StatefulProtocol() {
            @Override
            protected Next initial() {
                return next(2, this::pair);
            }

            private @Nullable Next pair(ByteBuffer bytes) {
                heard.add(Ascii.text(bytes));
                return null;
            }
        };
        MemoryTransport.connect(pairs).deliver("aabbc");
        assertEquals(List.of("aa", "bb"), heard);
    }

    @Test
    @DisplayName("G1: the peer cannot announce a step beyond the limit; exactly the limit it can")
    void limitsSteps() {
        MemoryTransport transport = MemoryTransport.connect(new Counted());
        transport.deliver("50" + "x".repeat(50));
        assertEquals(List.of("x".repeat(50)), heard);
        assertFalse(transport.disconnecting());
        transport.deliver("51");
        assertTrue(transport.disconnecting());
    }

    @Test
    @DisplayName("a step of no bytes that wants itself again is a fault of the program")
    void refusesAStepThatNeverEnds() {
        var endless = new StatefulProtocol() {
            @Override
            protected Next initial() {
                return next(0, _ -> null);
            }
        };
        MemoryTransport transport = MemoryTransport.connect(endless);
        assertThrows(IllegalStateException.class, () -> transport.deliver("x"));
    }

    /// A greeting, then commands until "quit".
    private class Talk extends StatefulStringProtocol {
        Talk() {
            super(LengthFramer.Prefix.INT8, StringLimits.DEFAULT);
        }

        @Override
        protected Map<String, Handler> states() {
            return Map.of(INIT, this::greeting, "command", this::command);
        }

        private String greeting(ByteBuffer string) {
            heard.add("greeting " + Ascii.text(string));
            return "command";
        }

        private String command(ByteBuffer string) {
            String command = Ascii.text(string);
            heard.add("command " + command);
            return switch (command) {
                case "quit" -> DONE;
                case "lost" -> "nowhere";
                default -> "command";
            };
        }
    }

    private static byte[] strings(String... texts) {
        var all = new StringBuilder();
        for (String text : texts) {
            all.append((char) text.length()).append(text);
        }
        return Ascii.bytes(all.toString());
    }

    @Test
    @DisplayName("STF-1: it begins in init, each handler names the next state, done closes")
    void goesFromStateToState() {
        MemoryTransport transport = MemoryTransport.connect(new Talk());
        transport.deliverEachByte(strings("hi", "look", "quit", "after"));
        assertEquals(List.of("greeting hi", "command look", "command quit"), heard);
        assertTrue(transport.disconnecting());
    }

    @Test
    @DisplayName("STF-1: a string in a state without a handler is logged")
    void logsAStateWithoutHandler() {
        try (var logs = CapturedLogs.open()) {
            MemoryTransport transport = MemoryTransport.connect(new Talk());
            transport.deliver(strings("hi", "lost", "who?"));
            assertEquals(List.of("greeting hi", "command lost"), heard);
            assertFalse(transport.disconnecting());
            assertEquals(1, logs.texts().size());
            assertTrue(logs.texts().getFirst().contains("nowhere"));
        }
    }
}
