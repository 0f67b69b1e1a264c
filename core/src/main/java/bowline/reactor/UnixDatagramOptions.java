package bowline.reactor;

/// How to exchange datagrams at a UNIX socket (UNX-8).
///
/// @param packetMaxBytes the longest datagram that is received whole
/// @param mode the permissions of the socket's file, which the system's umask does not change; who may write to it
///     may send
public record UnixDatagramOptions(int packetMaxBytes, int mode) {

    /// 8192 bytes, mode 0666.
    public static final UnixDatagramOptions DEFAULT = new UnixDatagramOptions(8192, 0666);

    /// Checks both.
    public UnixDatagramOptions {
        if (packetMaxBytes < 1) {
            throw new IllegalArgumentException("packetMaxBytes " + packetMaxBytes + " is less than 1");
        }
        if (mode < 0 || mode > 0777) {
            throw new IllegalArgumentException(
                    "mode " + Integer.toOctalString(mode) + " (octal) is not between 0 and 777");
        }
    }

    /// The same with another length.
    public UnixDatagramOptions packetMaxBytes(int bytes) {
        return new UnixDatagramOptions(bytes, mode);
    }

    /// The same with other permissions, as in `0600`: octal.
    public UnixDatagramOptions mode(int permissions) {
        return new UnixDatagramOptions(packetMaxBytes, permissions);
    }
}
