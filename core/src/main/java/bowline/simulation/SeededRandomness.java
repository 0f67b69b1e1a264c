package bowline.simulation;

import bowline.simulation.fate.Fate;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Lets every [SecureRandom] that is made while a simulation runs, by whomever, take its bits from the seed.
///
/// It is a security provider in front of all others, there from the first simulation on: so it is for the JVMs of
/// tests alone. Outside of a simulation, and on threads that belong to none, its generators are the system's.
final class SeededRandomness extends Provider {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "BowlineSimulation";
    private static final ThreadLocal<@Nullable SplittableRandom> PRESENT = new InheritableThreadLocal<>();
    private static final SecureRandom SYSTEM = system();

    private SeededRandomness() {
        super(NAME, "1", "SecureRandom from the seed of a simulation, while one runs");
        putService(new Service(this, "SecureRandom", NAME, Generator.class.getName(), null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) {
                return new Generator();
            }
        });
    }

    private static SecureRandom system() {
        try {
            return SecureRandom.getInstance("NativePRNG");
        } catch (NoSuchAlgorithmException elsewhere) {
            return new SecureRandom();
        }
    }

    /// From now on the calling thread, and those it starts, have their bits from the seed.
    static void begin(Fate fate) {
        SYSTEM.nextInt(); // made before the provider is there, lest it be one of ours
        if (Security.getProvider(NAME) == null) {
            Security.insertProviderAt(new SeededRandomness(), 1);
        }
        PRESENT.set(new SplittableRandom(fate.seedFor("SecureRandom")));
    }

    /// Ends [#begin].
    static void end() {
        PRESENT.remove();
    }

    /// What [SecureRandom] asks.
    private static final class Generator extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        @Override
        protected void engineSetSeed(byte[] seed) {
            // the simulation's is the only one
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            SplittableRandom present = PRESENT.get();
            if (present == null) {
                SYSTEM.nextBytes(bytes);
            } else {
                present.nextBytes(bytes);
            }
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            byte[] seed = new byte[count];
            engineNextBytes(seed);
            return seed;
        }
    }
}
