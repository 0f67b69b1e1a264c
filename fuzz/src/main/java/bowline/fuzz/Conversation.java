package bowline.fuzz;

import bowline.machine.PeerViolation;
import bowline.testing.generate.Choices;
import bowline.testing.generate.Generators;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Feeds one input to new readers whole, a byte at a time and in pieces, and demands the same story each time (G7);
/// that each step makes progress; and that no more is kept than `keptMax` (G1).
///
/// @param keptMax most bytes that a reader may leave unread while it waits for more
record Conversation(int keptMax) {
    /// So many pieces of other connections surround what is lent.
    private static final int AROUND = 7;

    /// One connection's reader.
    interface Reader {
        /// What the next event says, or null when more bytes are needed.
        ///
        /// @throws PeerViolation if the peer is wrong
        @Nullable
        String next(ByteBuffer unread);

        /// What the end of the bytes says.
        default String end() {
            return "";
        }

        /// Whether it takes no more: what comes is somebody else's, or has to wait.
        default boolean over() {
            return false;
        }
    }

    /// The story that every cut tells.
    List<String> tell(byte[] input, Supplier<? extends Reader> readers) {
        List<String> whole = tell(input, readers.get(), List.of(input.length));
        same(whole, tell(input, readers.get(), Collections.nCopies(input.length, 1)), "a byte at a time");
        List<Integer> pieces = Generators.cuts(input.length).from(Choices.ofSeed(Arrays.hashCode(input)));
        same(whole, tell(input, readers.get(), pieces), "in pieces of " + pieces);
        return whole;
    }

    private static void same(List<String> whole, List<String> cut, String how) {
        if (!whole.equals(cut)) {
            throw new BrokenRule("G7: fed " + how + " it says\n" + cut + "\nand fed at once\n" + whole);
        }
    }

    private List<String> tell(byte[] input, Reader reader, List<Integer> pieces) {
        var story = new Story();
        ByteBuffer kept = ByteBuffer.allocate(0);
        int fed = 0;
        try {
            for (int length : pieces) {
                if (reader.over()) {
                    break;
                }
                fed += length;
                kept = more(kept, input, fed - length, length);
                take(reader, kept, story);
                if (!reader.over() && kept.remaining() > keptMax) {
                    throw new BrokenRule("G1: waits with " + kept.remaining() + " bytes unread, more than " + keptMax);
                }
            }
            if (!reader.over()) {
                story.add(reader.end());
            }
        } catch (PeerViolation violation) {
            // Not its message: that may show as much of the wrong bytes as there is.
            story.add("violation: " + violation.source() + ", answered with " + violation.reply());
        }
        return story.lines();
    }

    /// What was kept, at another place of a buffer with foreign bytes around it, and the new bytes behind it.
    private static ByteBuffer more(ByteBuffer kept, byte[] input, int from, int length) {
        ByteBuffer next = ByteBuffer.allocateDirect(kept.remaining() + length + 2 * AROUND);
        while (next.hasRemaining()) {
            next.put((byte) '\n');
        }
        next.position(AROUND).limit(AROUND + kept.remaining() + length);
        next.duplicate().put(kept.duplicate()).put(input, from, length);
        return next;
    }

    private static void take(Reader reader, ByteBuffer kept, Story story) {
        int steps = 0;
        int most = 64 + 4 * kept.remaining();
        while (!reader.over()) {
            int limit = kept.limit();
            String event = reader.next(kept);
            if (kept.limit() != limit) {
                throw new BrokenRule("moved the limit of the buffer it was lent");
            }
            if (event == null) {
                return;
            }
            story.add(event);
            if (++steps > most) {
                throw new BrokenRule("made " + steps + " events without needing more bytes");
            }
        }
    }

    /// Events, with pieces of a body joined: where they were cut means nothing.
    private static final class Story {
        private static final String BODY = "body ";

        private final List<String> lines = new ArrayList<>();

        void add(String event) {
            if (event.isEmpty()) {
                return;
            }
            if (event.startsWith(BODY) && !lines.isEmpty() && lines.getLast().startsWith(BODY)) {
                lines.add(lines.removeLast() + event.substring(BODY.length()));
            } else {
                lines.add(event);
            }
        }

        List<String> lines() {
            return lines;
        }
    }
}
