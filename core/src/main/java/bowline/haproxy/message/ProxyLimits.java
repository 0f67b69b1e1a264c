package bowline.haproxy.message;

/// How much a header of version 2 may say besides its addresses (R1). Headers of version 1 have 107 bytes, whatever
/// the limits.
///
/// @param extensionsMaxBytes most bytes of all extensions together, with their types and lengths
/// @param extensionsMax how many there may be
public record ProxyLimits(int extensionsMaxBytes, int extensionsMax) {

    /// 4096 bytes, 64 extensions.
    public static final ProxyLimits DEFAULT = new ProxyLimits(4096, 64);

    /// Checks the limits.
    public ProxyLimits {
        if (extensionsMaxBytes < 0 || extensionsMax < 0) {
            throw new IllegalArgumentException("extensionsMaxBytes " + extensionsMaxBytes + ", extensionsMax "
                    + extensionsMax + ": a limit is not negative");
        }
    }
}
