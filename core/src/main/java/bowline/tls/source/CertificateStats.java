package bowline.tls.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a source of certificates has at present, and what it has done. Counters only grow.
///
/// @param identities that can serve at present
/// @param broken files that cannot be used as they are; an older identity may serve in their place
/// @param readings how often the files were looked at
/// @param loads how often an identity was taken, new or changed
/// @param failures how often files were found that cannot be used, each change counted once
/// @param soonestExpiry when the first of the certificates expires; null if there is none
public record CertificateStats(
        int identities,
        int broken,
        long readings,
        long loads,
        long failures,
        @Nullable Instant soonestExpiry) {
    static final CertificateStats NOTHING = new CertificateStats(0, 0, 0, 0, 0, null);

    /// The same after one more reading.
    CertificateStats read() {
        return new CertificateStats(identities, broken, readings + 1, loads, failures, soonestExpiry);
    }
}
