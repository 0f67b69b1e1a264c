package bowline.socks;

import bowline.bytes.Ascii;
import bowline.protocol.Address;
import bowline.socks.message.SocksAddress;
import bowline.socks.message.SocksMessage.Command;
import bowline.socks.message.SocksMessage.Request;

/// What a client of a [SocksServer] wants, and who it is.
///
/// @param client where it connects from
/// @param version 4 or 5
/// @param user SOCKS 5: who has logged in, empty if nobody had to; SOCKS 4: what the client says, which proves nothing
/// @param command what it wants
/// @param destination where to; a name is not looked up yet
public record RelayRequest(Address client, int version, String user, Command command, SocksAddress destination) {
    private static final int SHOWN = 64;

    static RelayRequest of(Address client, String loggedIn, Request request) {
        String user = request.user().isEmpty() ? loggedIn : request.user();
        return new RelayRequest(client, request.version(), user, request.command(), request.destination());
    }

    /// In words, for the log; nothing in it can break a line (G10).
    @Override
    public String toString() {
        String who = user.isEmpty() ? "" : " (" + Ascii.quote(user, SHOWN) + ")";
        return "SOCKS " + version + " " + command + " " + destination + " for " + client + who;
    }
}
