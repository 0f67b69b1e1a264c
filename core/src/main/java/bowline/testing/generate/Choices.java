package bowline.testing.generate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The numbers that a value is made of: thrown by a seed, or given. They are written down as they are used.
///
/// For one thread.
public final class Choices {
    /// Most numbers that one value is made of; what asks for more gets zeros.
    public static final int COUNT_MAX = 1 << 20;

    private static final int EDGES = 4;

    /// Null: they are given.
    private final @Nullable RandomGenerator random;

    private final long[] given;
    private long[] used = new long[64];
    private int count;

    private Choices(@Nullable RandomGenerator random, long... given) {
        this.random = random;
        this.given = given;
    }

    /// Those that `seed` leads to.
    public static Choices ofSeed(long seed) {
        return new Choices(new SplittableRandom(seed));
    }

    /// These, and zeros behind them.
    public static Choices of(long... given) {
        return new Choices(null, given.clone());
    }

    /// Those that a fuzzer's bytes lead to, one byte a number, and zeros behind them.
    public static Choices ofBytes(byte[] bytes) {
        long[] numbers = new long[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            numbers[i] = bytes[i] & 0xFF;
        }
        return new Choices(null, numbers);
    }

    /// 0 to `max`, each as likely as the others.
    public long upTo(long max) {
        return draw(max, dice -> max == Long.MAX_VALUE ? dice.nextLong() & max : dice.nextLong(max + 1));
    }

    /// 0 to `max`, each as likely as the others.
    public int upTo(int max) {
        return (int) upTo((long) max);
    }

    /// 0 to `max`, often close to one of them or to a power of two, and more often small than large.
    public long biasedUpTo(long max) {
        return draw(max, dice -> biased(dice, max));
    }

    /// Whether, `chances` times in a hundred; a smaller case is one where it is not.
    public boolean maybe(int chances) {
        return draw(1, dice -> dice.nextInt(100) < chances ? 1 : 0) == 1;
    }

    /// Does `element` from 0 to `max` times, as long as `element` wants no end. What it used can be left out
    /// together with the number that called for it.
    public void repeat(int max, Runnable element) {
        long wanted = random == null ? max : biased(random, max);
        for (long done = 0; done < max; done++) {
            boolean more = done < wanted;
            if (draw(1, dice -> more ? 1 : 0) == 0) {
                return;
            }
            element.run();
        }
    }

    /// The numbers used so far.
    public long[] used() {
        return Arrays.copyOf(used, count);
    }

    private long draw(long max, ToLongFunction<RandomGenerator> throwing) {
        if (max < 0) {
            throw new IllegalArgumentException("nothing lies between 0 and " + max);
        }
        if (count == COUNT_MAX) {
            return 0;
        }
        long number = random == null ? given(max) : throwing.applyAsLong(random);
        if (count == used.length) {
            used = Arrays.copyOf(used, count * 2);
        }
        used[count++] = number;
        return number;
    }

    private long given(long max) {
        long number = count < given.length ? given[count] : 0;
        return max == Long.MAX_VALUE ? number & max : Math.floorMod(number, max + 1);
    }

    private static long biased(RandomGenerator dice, long max) {
        return switch (dice.nextInt(EDGES)) {
            case 0 -> max - Math.min(max, dice.nextInt(EDGES));
            case 1 -> Math.min(max, dice.nextInt(EDGES));
            case 2 -> Math.clamp((1L << dice.nextInt(bits(max) + 1)) + dice.nextInt(-1, 2), 0, max);
            default -> small(dice, max);
        };
    }

    /// As many of two digits as of three.
    private static long small(RandomGenerator dice, long max) {
        int width = dice.nextInt(bits(max) + 1);
        return Math.min(max, dice.nextLong() & ((1L << width) - 1));
    }

    private static int bits(long max) {
        return Math.min(Long.SIZE - 2, Long.SIZE - Long.numberOfLeadingZeros(max));
    }
}
