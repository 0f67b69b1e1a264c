package bowline.tls;

import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.TlsProvider;
import org.jspecify.annotations.Nullable;

/// What TLS in a simulation has to be: the same again under the same seed, to the byte.
final class Repeatable {
    private Repeatable() {}

    /// Refuses what cannot be repeated.
    ///
    /// @param identity of our side; null for none
    /// @throws IllegalStateException if bits would be drawn that no seed decides; it says whose, and what to do
    static void require(TlsProvider provider, @Nullable TlsIdentity identity) {
        String obstacle = provider.whyNotDeterministic(identity, false);
        if (obstacle != null) {
            throw new IllegalStateException(
                    "TLS cannot be simulated with " + (identity == null ? "" : identity + " and ") + "the provider \""
                            + provider.name() + "\", for the same seed would not do the same again: " + obstacle);
        }
    }
}
