package bowline.protocol;

import org.jspecify.annotations.Nullable;

/// What a [DatagramProtocol] sends through at a UNIX socket (UNX-8). Addresses are [Address.Unix], paths or abstract
/// names; a sender that is bound to neither has [no name][Address.Unix#path], and cannot be answered.
///
/// Nothing is lost on the way, but a datagram is dropped, and counted, when its receiver has too many that it has not
/// read, or is not there. The peer of a connected one is fixed from its opening on, so [#connect] is not for it, and
/// there is no broadcast.
public interface UnixDatagramTransport extends DatagramTransport {

    /// Who sent the datagram that is being received, as the system knows him; for the call of
    /// [DatagramProtocol#datagramReceived] alone. Null outside of it, and unless the port was opened with
    /// `UnixDatagramOptions.credentials`.
    @Nullable
    PeerCredentials senderCredentials();
}
