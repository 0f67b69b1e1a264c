package bowline.simulation.reactor;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.SplittableRandom;

/// Random bits for one program, as the seed decides them. Nothing that others draw changes them.
final class SeededBits extends SecureRandom {
    private static final long serialVersionUID = 1L;

    SeededBits(long seed) {
        super(new Source(seed), null);
    }

    private static final class Source extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        private final transient SplittableRandom bits;

        Source(long seed) {
            bits = new SplittableRandom(seed);
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            // the simulation's is the only one
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            bits.nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            byte[] seed = new byte[count];
            bits.nextBytes(seed);
            return seed;
        }
    }
}
