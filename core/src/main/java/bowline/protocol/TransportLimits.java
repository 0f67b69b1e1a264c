package bowline.protocol;

/// How much one connection may hold in memory. Past a limit the connection is lost, with a
/// [ConnectionLost] that names the limit.
///
/// @param unreadMaxBytes most bytes that the protocol may leave unread
/// @param outboundMaxBytes most bytes that may wait to be sent; files do not count
public record TransportLimits(int unreadMaxBytes, long outboundMaxBytes) {

    /// 16 MiB unread, 64 MiB outbound.
    public static final TransportLimits DEFAULT = new TransportLimits(16 << 20, 64L << 20);

    /// Buffered bytes above which a push producer is paused (PRO-4): strictly above.
    public static final int HIGH_WATER_BYTES = 65_536;

    /// Checks the limits.
    public TransportLimits {
        if (unreadMaxBytes < 1 || outboundMaxBytes < 1) {
            throw new IllegalArgumentException("limits of a transport are at least 1 byte, not unreadMaxBytes "
                    + unreadMaxBytes + ", outboundMaxBytes " + outboundMaxBytes);
        }
    }

    /// The same with another limit for unread bytes.
    public TransportLimits unreadMaxBytes(int bytes) {
        return new TransportLimits(bytes, outboundMaxBytes);
    }

    /// The same with another limit for bytes to be sent.
    public TransportLimits outboundMaxBytes(long bytes) {
        return new TransportLimits(unreadMaxBytes, bytes);
    }
}
