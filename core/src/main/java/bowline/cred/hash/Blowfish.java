package bowline.cred.hash;

import java.math.BigInteger;

/// Blowfish with the expensive key setup of bcrypt: 18 subkeys and four boxes of 256 words, which begin as the
/// hexadecimal digits of π behind the point.
final class Blowfish {
    private static final int SUBKEYS = 18;
    private static final int BOXES = 4 * 256;
    private static final int[] PI = digitsOfPi(SUBKEYS + BOXES);

    private final int[] subkeys = new int[SUBKEYS];
    private final int[] boxes = new int[BOXES];
    private int left;
    private int right;

    /// EksBlowfishSetup: salted once, then 2^`cost` times with key and salt in turn.
    Blowfish(int cost, byte[] salt, byte[] key) {
        System.arraycopy(PI, 0, subkeys, 0, SUBKEYS);
        System.arraycopy(PI, SUBKEYS, boxes, 0, BOXES);
        int[] keyWords = cycled(key);
        int[] saltWords = cycled(salt);
        expand(keyWords, saltWords);
        int[] zero = new int[SUBKEYS];
        for (long i = 1L << cost; i > 0; i--) {
            expand(keyWords, zero);
            expand(saltWords, zero);
        }
    }

    /// The digits, 32 bits a word, by Machin's formula: π = 16 arctan(1/5) − 4 arctan(1/239).
    private static int[] digitsOfPi(int words) {
        int spare = 64;
        BigInteger one = BigInteger.ONE.shiftLeft(words * Integer.SIZE + spare);
        BigInteger pi = arctanOfInverse(5, one)
                .shiftLeft(4)
                .subtract(arctanOfInverse(239, one).shiftLeft(2));
        BigInteger fraction = pi.mod(one).shiftRight(spare);
        var digits = new int[words];
        for (int i = words - 1; i >= 0; i--) {
            digits[i] = fraction.intValue();
            fraction = fraction.shiftRight(Integer.SIZE);
        }
        return digits;
    }

    private static BigInteger arctanOfInverse(int x, BigInteger one) {
        BigInteger square = BigInteger.valueOf((long) x * x);
        BigInteger power = one.divide(BigInteger.valueOf(x));
        BigInteger sum = power;
        for (int odd = 3; power.signum() != 0; odd += 2) {
            power = power.divide(square).negate();
            sum = sum.add(power.divide(BigInteger.valueOf(odd)));
        }
        return sum;
    }

    /// `bytes` over and over, as 18 words.
    private static int[] cycled(byte[] bytes) {
        var words = new int[SUBKEYS];
        for (int i = 0, at = 0; i < SUBKEYS; i++) {
            for (int j = 0; j < Integer.BYTES; j++, at++) {
                words[i] = words[i] << Byte.SIZE | (bytes[at % bytes.length] & 0xFF);
            }
        }
        return words;
    }

    /// ExpandKey. A salt of 16 bytes repeats after four words; its 18 cycled words end in the first two again.
    private void expand(int[] key, int[] salt) {
        for (int i = 0; i < SUBKEYS; i++) {
            subkeys[i] ^= key[i];
        }
        left = 0;
        right = 0;
        int at = 0;
        at = fill(subkeys, salt, at);
        fill(boxes, salt, at);
    }

    private int fill(int[] words, int[] salt, int from) {
        int at = from;
        for (int i = 0; i < words.length; i += 2) {
            left ^= salt[at];
            right ^= salt[at + 1];
            at = (at + 2) & 3;
            encipher();
            words[i] = left;
            words[i + 1] = right;
        }
        return at;
    }

    /// Enciphers the pair of words at `at` of `text`, `times` over.
    void encipher(int[] text, int at, int times) {
        left = text[at];
        right = text[at + 1];
        for (int i = 0; i < times; i++) {
            encipher();
        }
        text[at] = left;
        text[at + 1] = right;
    }

    private void encipher() {
        int l = left ^ subkeys[0];
        int r = right;
        for (int i = 1; i < 17; i += 2) {
            r ^= f(l) ^ subkeys[i];
            l ^= f(r) ^ subkeys[i + 1];
        }
        left = r ^ subkeys[17];
        right = l;
    }

    private int f(int x) {
        return ((boxes[x >>> 24] + boxes[256 + (x >>> 16 & 0xFF)]) ^ boxes[512 + (x >>> 8 & 0xFF)])
                + boxes[768 + (x & 0xFF)];
    }
}
