package bowline.log.daemon;

/// How a stream tells where a syslog message ends (RFC 6587 §3.4).
public enum SyslogFraming {
    /// The length in bytes and a space stand before each message (§3.4.1): any message gets through whole.
    OCTET_COUNTING,
    /// A line feed stands behind each message (§3.4.2); those inside are written as `\n`.
    NON_TRANSPARENT
}
