package bowline.cred.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The memory of Argon2 and how it is filled (RFC 9106 §3.2 to §3.6): `lanes` rows of blocks of 1 KiB, each block
/// mixed from the one before it and one further back. Lanes are filled one after the other, slice by slice.
final class ArgonMemory {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORDS = 128;
    private static final int BLOCK_BYTES = 1024;
    private static final int SLICES = 4;

    private final Argon2.Type type;
    private final int lanes;
    private final int passes;
    private final int laneLength;
    private final int segmentLength;
    private final long[][] blocks;
    private final long[] mixed = new long[WORDS];
    private final long[] input = new long[WORDS];
    private final long[] addresses = new long[WORDS];

    ArgonMemory(Argon2.Type type, int memoryKib, int passes, int lanes) {
        this.type = type;
        this.lanes = lanes;
        this.passes = passes;
        segmentLength = memoryKib / (SLICES * lanes);
        laneLength = segmentLength * SLICES;
        blocks = new long[laneLength * lanes][WORDS];
    }

    /// Fills everything from the first hash and answers the XOR of the last blocks of all lanes.
    byte[] fill(byte[] start) {
        for (int lane = 0; lane < lanes; lane++) {
            for (int i = 0; i < 2; i++) {
                byte[] first = Argon2.longHash(BLOCK_BYTES, start, Argon2.le32(i), Argon2.le32(lane));
                for (int word = 0; word < WORDS; word++) {
                    blocks[lane * laneLength + i][word] = (long) LONG.get(first, word * Long.BYTES);
                }
            }
        }
        for (int pass = 0; pass < passes; pass++) {
            for (int slice = 0; slice < SLICES; slice++) {
                for (int lane = 0; lane < lanes; lane++) {
                    fillSegment(pass, slice, lane);
                }
            }
        }
        return lastColumn();
    }

    private byte[] lastColumn() {
        var bytes = new byte[BLOCK_BYTES];
        for (int word = 0; word < WORDS; word++) {
            long sum = 0;
            for (int lane = 0; lane < lanes; lane++) {
                sum ^= blocks[(lane + 1) * laneLength - 1][word];
            }
            LONG.set(bytes, word * Long.BYTES, sum);
        }
        return bytes;
    }

    private void fillSegment(int pass, int slice, int lane) {
        boolean independent = type == Argon2.Type.I || (type == Argon2.Type.ID && pass == 0 && slice < SLICES / 2);
        if (independent) {
            startAddresses(pass, slice, lane);
        }
        int from = pass == 0 && slice == 0 ? 2 : 0;
        for (int i = from; i < segmentLength; i++) {
            if (independent && (i == from || i % WORDS == 0)) {
                nextAddresses();
            }
            int column = slice * segmentLength + i;
            long[] previous = blocks[lane * laneLength + (column == 0 ? laneLength : column) - 1];
            long random = independent ? addresses[i % WORDS] : previous[0];
            long[] reference = blocks[reference(random, pass, slice, lane, i)];
            mix(previous, reference, blocks[lane * laneLength + column], pass > 0);
        }
    }

    private void startAddresses(int pass, int slice, int lane) {
        long[] values = {pass, lane, slice, (long) laneLength * lanes, passes, type.number(), 0};
        System.arraycopy(values, 0, input, 0, values.length);
    }

    /// The next 128 addresses: G(0, G(0, input)), the input counting up (RFC 9106 §3.4.1.2).
    private void nextAddresses() {
        input[6]++;
        var zero = new long[WORDS];
        mix(zero, input, addresses, false);
        mix(zero, addresses.clone(), addresses, false);
    }

    /// Which block to mix in (RFC 9106 §3.4.2): of those that are finished, the later ones more often.
    private int reference(long random, int pass, int slice, int lane, int index) {
        int other = pass == 0 && slice == 0 ? lane : (int) ((random >>> 32) % lanes);
        int finished = pass == 0 ? slice * segmentLength : laneLength - segmentLength;
        int area = other == lane ? finished + index - 1 : finished - (index == 0 ? 1 : 0);
        long x = random & 0xFFFFFFFFL;
        x = (x * x) >>> 32;
        long back = (area * x) >>> 32;
        int start = pass == 0 || slice == SLICES - 1 ? 0 : (slice + 1) * segmentLength;
        return other * laneLength + (int) ((start + area - 1 - back) % laneLength);
    }

    /// The compression function G (RFC 9106 §3.5); `added` keeps what the target held (XOR).
    private void mix(long[] x, long[] y, long[] to, boolean added) {
        long[] r = mixed;
        for (int i = 0; i < WORDS; i++) {
            r[i] = x[i] ^ y[i];
        }
        for (int i = 0; i < WORDS; i++) {
            to[i] = added ? to[i] ^ r[i] : r[i];
        }
        for (int row = 0; row < 8; row++) {
            permute(r, 16 * row, 2);
        }
        for (int column = 0; column < 8; column++) {
            permute(r, 2 * column, 16);
        }
        for (int i = 0; i < WORDS; i++) {
            to[i] ^= r[i];
        }
    }

    /// The permutation P (RFC 9106 §3.6) on eight pairs of words that lie `step` apart.
    private static void permute(long[] v, int at, int step) {
        for (int i = 0; i < 4; i++) {
            quarter(v, word(at, step, i), word(at, step, 4 + i), word(at, step, 8 + i), word(at, step, 12 + i));
        }
        for (int i = 0; i < 4; i++) {
            quarter(
                    v,
                    word(at, step, i),
                    word(at, step, 4 + (i + 1 & 3)),
                    word(at, step, 8 + (i + 2 & 3)),
                    word(at, step, 12 + (i + 3 & 3)));
        }
    }

    private static int word(int at, int step, int i) {
        return at + (i >> 1) * step + (i & 1);
    }

    private static void quarter(long[] v, int a, int b, int c, int d) {
        v[a] = product(v[a], v[b]);
        v[d] = Long.rotateRight(v[d] ^ v[a], 32);
        v[c] = product(v[c], v[d]);
        v[b] = Long.rotateRight(v[b] ^ v[c], 24);
        v[a] = product(v[a], v[b]);
        v[d] = Long.rotateRight(v[d] ^ v[a], 16);
        v[c] = product(v[c], v[d]);
        v[b] = Long.rotateRight(v[b] ^ v[c], 63);
    }

    private static long product(long x, long y) {
        return x + y + 2 * (x & 0xFFFFFFFFL) * (y & 0xFFFFFFFFL);
    }
}
