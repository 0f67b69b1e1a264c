package bowline.testing.generate;

import java.util.ArrayList;
import java.util.List;

/// Makes valid transcripts wrong: each fault flips, overwrites, cuts, inserts, doubles or moves bytes, lines or
/// fields, or goes on in the middle of another transcript.
///
/// Without any choice it is the first transcript as it is: the simplest case.
final class Mutations implements Generator<byte[]> {
    /// What means something to some protocol.
    private static final byte[] TELLING = {
        0, -1, '\r', '\n', ' ', '\t', ':', ';', ',', '=', '"', '\\', '0', '9', '-', '+', 127, -128
    };

    private static final int INSERTED_MAX = 8;
    private static final int DOUBLED_MAX = 20;
    private static final int SIZE_MAX = 1 << 16;

    private final List<byte[]> transcripts;
    private final int faults;

    Mutations(List<byte[]> transcripts, int faults) {
        if (transcripts.isEmpty()) {
            throw new IllegalArgumentException("there is no transcript to change");
        }
        this.transcripts = transcripts.stream().map(byte[]::clone).toList();
        this.faults = faults;
    }

    @Override
    public byte[] from(Choices choices) {
        var bytes = new ByteList(any(choices));
        choices.repeat(faults, () -> fault(bytes, choices));
        return bytes.toArray();
    }

    private byte[] any(Choices choices) {
        return transcripts.get(choices.upTo(transcripts.size() - 1));
    }

    private void fault(ByteList bytes, Choices choices) {
        switch (choices.upTo(8)) {
            case 0 -> flip(bytes, choices);
            case 1 -> overwrite(bytes, choices);
            case 2 -> cut(bytes, choices);
            case 3 -> insert(bytes, choices);
            case 4 -> end(bytes, choices);
            case 5 -> doubled(bytes, choices);
            case 6 -> splice(bytes, choices);
            case 7 -> swap(bytes, choices, "\n");
            default -> swap(bytes, choices, " :;,=&/\r\n");
        }
    }

    private static void flip(ByteList bytes, Choices choices) {
        if (bytes.size() > 0) {
            int at = choices.upTo(bytes.size() - 1);
            bytes.set(at, (byte) (bytes.get(at) ^ (1 << choices.upTo(7))));
        }
    }

    private static void overwrite(ByteList bytes, Choices choices) {
        if (bytes.size() > 0) {
            bytes.set(choices.upTo(bytes.size() - 1), telling(choices));
        }
    }

    private static byte telling(Choices choices) {
        return choices.maybe(70) ? TELLING[choices.upTo(TELLING.length - 1)] : (byte) choices.upTo(0xFF);
    }

    private static void cut(ByteList bytes, Choices choices) {
        int from = choices.upTo(bytes.size());
        bytes.replace(from, from + (int) choices.biasedUpTo(bytes.size() - from));
    }

    private static void insert(ByteList bytes, Choices choices) {
        int at = choices.upTo(bytes.size());
        var inserted = new ByteList();
        choices.repeat(INSERTED_MAX, () -> inserted.add(telling(choices)));
        bytes.replace(at, at, inserted.toArray());
    }

    private static void end(ByteList bytes, Choices choices) {
        bytes.replace(choices.upTo(bytes.size()), bytes.size());
    }

    /// Some bytes once more, or many times: a length or a number of fields that grows.
    private static void doubled(ByteList bytes, Choices choices) {
        int from = choices.upTo(bytes.size());
        int to = from + (int) choices.biasedUpTo(bytes.size() - from);
        byte[] piece = bytes.copy(from, to);
        for (int times = 1 + (int) choices.biasedUpTo(DOUBLED_MAX); times > 0; times--) {
            if (bytes.size() + piece.length <= SIZE_MAX) {
                bytes.replace(to, to, piece);
            }
        }
    }

    private void splice(ByteList bytes, Choices choices) {
        byte[] other = any(choices);
        int from = choices.upTo(other.length);
        bytes.replace(choices.upTo(bytes.size()), bytes.size(), new ByteList(other).copy(from, other.length));
    }

    /// Two pieces change places, a piece being what ends with one of `ends`.
    private static void swap(ByteList bytes, Choices choices, String ends) {
        List<byte[]> pieces = pieces(bytes, ends);
        if (pieces.size() < 2) {
            return;
        }
        int one = choices.upTo(pieces.size() - 1);
        int other = choices.upTo(pieces.size() - 1);
        byte[] moved = pieces.set(one, pieces.get(other));
        pieces.set(other, moved);
        bytes.replace(0, bytes.size());
        for (byte[] piece : pieces) {
            bytes.replace(bytes.size(), bytes.size(), piece);
        }
    }

    private static List<byte[]> pieces(ByteList bytes, String ends) {
        var pieces = new ArrayList<byte[]>();
        int from = 0;
        for (int i = 0; i < bytes.size(); i++) {
            if (ends.indexOf(bytes.get(i)) >= 0) {
                pieces.add(bytes.copy(from, i + 1));
                from = i + 1;
            }
        }
        pieces.add(bytes.copy(from, bytes.size()));
        return pieces;
    }
}
