package bowline.fuzz;

import bowline.bytes.Ascii;
import bowline.bytes.ByteQueue;
import bowline.framing.LengthFramer;
import bowline.framing.LengthFramer.Prefix;
import bowline.framing.LineFramer;
import bowline.framing.LineOptions;
import bowline.framing.NetstringFramer;
import bowline.framing.StringLimits;
import bowline.machine.Machine;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lines, netstrings and strings with their length in front.
final class FramingTargets {
    private static final int MAX = 40;

    private FramingTargets() {}

    static List<Target> all() {
        return List.of(
                Target.of(
                        "line",
                        "lines (LIN-1), by three delimiters",
                        FramingTargets::lines,
                        "one\r\ntwo\n\r\n",
                        "aabaaab"),
                Target.of(
                        "netstring",
                        "netstrings (NST-1)",
                        FramingTargets::netstrings,
                        "5:hello,0:,",
                        "12:hello, world,"),
                Target.of(
                        "length",
                        "strings of 8, 16 and 32 bits of length (INT-1)",
                        FramingTargets::lengths,
                        "\3abc\0",
                        "\0\3abc\0\0",
                        "\0\0\0\3abc\u007f\u00ff\u00ff\u00ff"));
    }

    private static void lines(byte[] input) {
        for (String delimiter : List.of("\r\n", "\n", "aab")) {
            var options = LineOptions.lf().delimiter(delimiter).lineMaxBytes(MAX);
            run(input, MAX + delimiter.length() - 1, () -> new LineFramer(options));
        }
    }

    private static void netstrings(byte[] input) {
        run(input, MAX, () -> new NetstringFramer(new StringLimits(MAX)));
    }

    private static void lengths(byte[] input) {
        for (Prefix prefix : Prefix.values()) {
            run(input, MAX + prefix.bytes() - 1, () -> new LengthFramer(prefix, new StringLimits(MAX)));
        }
    }

    private static void run(byte[] input, int keptMax, Supplier<Machine<ByteBuffer>> machines) {
        new Conversation(keptMax).tell(input, () -> new Frames(machines));
    }

    /// What was read is written and read again.
    private record Frames(Machine<ByteBuffer> machine, Supplier<Machine<ByteBuffer>> machines)
            implements Conversation.Reader {
        Frames(Supplier<Machine<ByteBuffer>> machines) {
            this(machines.get(), machines);
        }

        @Override
        public @Nullable String next(ByteBuffer unread) {
            int before = unread.position();
            ByteBuffer frame = machine.next(unread);
            if (frame == null) {
                return null;
            }
            if (unread.position() == before) {
                throw new BrokenRule("gave a frame and took nothing");
            }
            String text = Ascii.text(frame);
            if (text.length() > MAX) {
                throw new BrokenRule("G1: gave a frame of " + text.length() + " bytes, the limit being " + MAX);
            }
            readAgain(text, frame.duplicate());
            return "frame " + text;
        }

        private void readAgain(String text, ByteBuffer frame) {
            var wire = new ByteQueue();
            machines.get().send(frame, wire);
            ByteBuffer written = wire.readable();
            ByteBuffer read = machines.get().next(written);
            if (read == null || !Ascii.text(read).equals(text) || written.hasRemaining()) {
                throw new BrokenRule("G3: a frame that was read is not what is read after it was written");
            }
        }
    }
}
