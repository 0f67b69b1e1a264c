package bowline.reactor;

import bowline.protocol.Address;
import org.jspecify.annotations.Nullable;

/// How to exchange datagrams at a UNIX socket (UNX-8).
///
/// @param packetMaxBytes bytes of the longest datagram that is received whole, 1 to 1048576; longer ones are cut
/// @param mode the permissions of the socket's file, which the system's umask does not change; who may write to it
///     may send
/// @param wantPid whether to hold a lock beside the socket, at its path with `.lock` behind it, while the port is
///     open: then what a program that died left there is taken over, and a living one is left in peace (UNX-3)
/// @param credentials whether the system is to tell who sent each datagram
/// @param bindAddress for a connected one: its own name, by which it can be answered; null for none
public record UnixDatagramOptions(
        int packetMaxBytes, int mode, boolean wantPid, boolean credentials, Address.@Nullable Unix bindAddress) {

    private static final int PACKET_MAX_BYTES = 1 << 20;

    /// 8192 bytes, mode 0666, no lock, no credentials, no name.
    public static final UnixDatagramOptions DEFAULT = new UnixDatagramOptions(8192, 0666, false, false, null);

    /// Checks the length and the mode.
    public UnixDatagramOptions {
        if (packetMaxBytes < 1 || packetMaxBytes > PACKET_MAX_BYTES) {
            throw new IllegalArgumentException(
                    "packetMaxBytes " + packetMaxBytes + " is not between 1 and " + PACKET_MAX_BYTES);
        }
        if (mode < 0 || mode > 0777) {
            throw new IllegalArgumentException(
                    "mode " + Integer.toOctalString(mode) + " (octal) is not between 0 and 777");
        }
    }

    /// The same with another length.
    public UnixDatagramOptions packetMaxBytes(int bytes) {
        return new UnixDatagramOptions(bytes, mode, wantPid, credentials, bindAddress);
    }

    /// The same with other permissions, as in `0600`: octal.
    public UnixDatagramOptions mode(int permissions) {
        return new UnixDatagramOptions(packetMaxBytes, permissions, wantPid, credentials, bindAddress);
    }

    /// The same with a lock.
    public UnixDatagramOptions withLock() {
        return new UnixDatagramOptions(packetMaxBytes, mode, true, credentials, bindAddress);
    }

    /// The same, told who sent each datagram.
    public UnixDatagramOptions withCredentials() {
        return new UnixDatagramOptions(packetMaxBytes, mode, wantPid, true, bindAddress);
    }

    /// The same with a name of its own.
    public UnixDatagramOptions from(Address.Unix name) {
        return new UnixDatagramOptions(packetMaxBytes, mode, wantPid, credentials, name);
    }
}
