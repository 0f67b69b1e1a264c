package bowline.linux.socket;

import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.SystemCalls;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/// Which processors the calling thread runs on (sched_setaffinity(2)).
final class Processors {
    /// Room for 8192 processors, as many as a kernel can be built for.
    private static final int MASK_BYTES = 1024;

    private Processors() {}

    static List<Integer> ofThread() {
        try (Arena arena = Arena.ofConfined()) {
            long mask = Memory.allocate(arena, MASK_BYTES);
            require(new SystemCalls().processors(mask, MASK_BYTES), "which processors this thread may use");
            var numbers = new ArrayList<Integer>();
            for (int number = 0; number < MASK_BYTES * Byte.SIZE; number++) {
                if ((Memory.getLong(word(mask, number)) & bit(number)) != 0) {
                    numbers.add(number);
                }
            }
            return List.copyOf(numbers);
        }
    }

    static void bindThread(List<Integer> processors) {
        try (Arena arena = Arena.ofConfined()) {
            long mask = Memory.allocate(arena, MASK_BYTES);
            for (int number : processors) {
                check(number);
                Memory.putLong(word(mask, number), Memory.getLong(word(mask, number)) | bit(number));
            }
            require(
                    new SystemCalls().bindToProcessors(mask, MASK_BYTES),
                    "to bind a thread to processors " + processors);
        }
    }

    private static void check(int number) {
        if (number < 0 || number >= MASK_BYTES * Byte.SIZE) {
            throw new IllegalArgumentException(
                    "processor " + number + "; their numbers are 0 to " + (MASK_BYTES * Byte.SIZE - 1));
        }
    }

    private static long word(long mask, int number) {
        return mask + (long) (number / Long.SIZE) * Long.BYTES;
    }

    private static long bit(int number) {
        return 1L << number;
    }

    private static void require(long result, String what) {
        if (result < 0) {
            throw new UnsupportedOperationException("the system refuses " + what + ": " + Errno.text(result));
        }
    }
}
