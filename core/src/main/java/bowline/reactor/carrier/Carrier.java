package bowline.reactor.carrier;

import bowline.log.Logger;
import org.jspecify.annotations.Nullable;

/// How coroutines are carried.
enum Carrier {
    /// On the reactor's own thread.
    MOUNTED,
    /// On a thread of their own, for which the reactor's waits.
    BATON;

    /// The system property that chooses: `mounted`, `baton`, or nothing for the best there is.
    static final String PROPERTY = "bowline.coroutines";

    private static final Logger log = Logger.of(Coroutines.class);

    /// The carrier that `wanted`, the property's value, stands for.
    ///
    /// @throws IllegalStateException if mounted coroutines are demanded and cannot be had
    /// @throws IllegalArgumentException if there is no such carrier
    static Carrier named(@Nullable String wanted) {
        return switch (wanted == null ? "" : wanted) {
            case "" -> best();
            case "baton" -> BATON;
            case "mounted" -> {
                if (!MountedThreads.OBSTACLE.isEmpty()) {
                    throw new IllegalStateException(
                            "-D" + PROPERTY + "=mounted cannot be had: " + MountedThreads.OBSTACLE);
                }
                yield MOUNTED;
            }
            default ->
                throw new IllegalArgumentException(
                        "-D" + PROPERTY + "=" + wanted + " is no carrier of coroutines; there are mounted and baton");
        };
    }

    private static Carrier best() {
        if (MountedThreads.OBSTACLE.isEmpty()) {
            return MOUNTED;
        }
        log.debug(
                "coroutines hand a baton to threads of their own, for they cannot be mounted: {obstacle}",
                MountedThreads.OBSTACLE);
        return BATON;
    }

    /// Decided once in a process, when the first coroutine starts.
    static final class Chosen {
        static final Carrier CARRIER = named(System.getProperty(PROPERTY));

        private Chosen() {}
    }
}
