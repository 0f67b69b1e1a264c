package bowline.cred.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// scryptROMix with scryptBlockMix and Salsa20/8 (RFC 7914 §3 to §5), on blocks of `32 r` little-endian words.
final class SalsaMix {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SALSA_WORDS = 16;

    private final int count;
    private final int words;
    private final int[][] table;
    private int[] block;
    private int[] mixed;

    SalsaMix(int logN, int r) {
        count = 1 << logN;
        words = 32 * r;
        table = new int[count][words];
        block = new int[words];
        mixed = new int[words];
    }

    /// Mixes the `128 r` bytes at `at` in place.
    void mix(byte[] bytes, int at) {
        for (int i = 0; i < words; i++) {
            block[i] = (int) WORD.get(bytes, at + 4 * i);
        }
        for (int i = 0; i < count; i++) {
            System.arraycopy(block, 0, table[i], 0, words);
            blockMix();
        }
        for (int i = 0; i < count; i++) {
            // Integerify: the last 64 bytes as a little-endian number, modulo a power of two.
            int[] other = table[block[words - SALSA_WORDS] & (count - 1)];
            for (int j = 0; j < words; j++) {
                block[j] ^= other[j];
            }
            blockMix();
        }
        for (int i = 0; i < words; i++) {
            WORD.set(bytes, at + 4 * i, block[i]);
        }
    }

    /// The even parts of the result go to the front, the odd ones behind them.
    private void blockMix() {
        var x = new int[SALSA_WORDS];
        System.arraycopy(block, words - SALSA_WORDS, x, 0, SALSA_WORDS);
        int half = words / 2;
        for (int part = 0; part * SALSA_WORDS < words; part++) {
            for (int i = 0; i < SALSA_WORDS; i++) {
                x[i] ^= block[part * SALSA_WORDS + i];
            }
            salsa8(x);
            int to = (part & 1) * half + part / 2 * SALSA_WORDS;
            System.arraycopy(x, 0, mixed, to, SALSA_WORDS);
        }
        int[] swap = block;
        block = mixed;
        mixed = swap;
    }

    /// Four double rounds, and the input added.
    private static void salsa8(int[] in) {
        int[] x = in.clone();
        for (int i = 0; i < 4; i++) {
            quarter(x, 0, 4, 8, 12);
            quarter(x, 5, 9, 13, 1);
            quarter(x, 10, 14, 2, 6);
            quarter(x, 15, 3, 7, 11);
            quarter(x, 0, 1, 2, 3);
            quarter(x, 5, 6, 7, 4);
            quarter(x, 10, 11, 8, 9);
            quarter(x, 15, 12, 13, 14);
        }
        for (int i = 0; i < SALSA_WORDS; i++) {
            in[i] += x[i];
        }
    }

    private static void quarter(int[] x, int a, int b, int c, int d) {
        x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
        x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
        x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
        x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
    }
}
