package bowline.tls.engine;

/// Takes the secrets of connections so that a capture of them can be read, for debugging: lines in the format that
/// Wireshark reads (`SSLKEYLOGFILE`, RFC 9850).
@FunctionalInterface
public interface KeyLog {
    /// One line, without its end. On any thread.
    void line(String line);
}
