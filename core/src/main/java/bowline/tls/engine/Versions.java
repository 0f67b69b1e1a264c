package bowline.tls.engine;

/// The versions that may be agreed upon, from the lowest to the highest (TLS-6).
///
/// @param lowest not above the highest
public record Versions(TlsVersion lowest, TlsVersion highest) {
    /// TLS 1.2 and 1.3.
    public static final Versions DEFAULT = new Versions(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);

    /// Checks them against each other.
    public Versions {
        if (lowest.compareTo(highest) > 0) {
            throw new IllegalArgumentException("the lowest version, " + lowest.standardName()
                    + ", is above the highest, " + highest.standardName());
        }
    }

    /// Whether `version` is one of them.
    public boolean has(TlsVersion version) {
        return lowest.compareTo(version) <= 0 && version.compareTo(highest) <= 0;
    }
}
