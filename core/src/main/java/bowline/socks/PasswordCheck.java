package bowline.socks;

import bowline.defer.Deferred;

/// Says who may use a [SocksServer] by name and password (RFC 1929).
///
/// An answer may come later; the client waits, but for no longer than the server's handshake time-out, and then the
/// Deferred is cancelled. A check that fails keeps the client out. It should take as long for an unknown name as for a
/// wrong password (G12). Both are 1 to 255 bytes of UTF-8 that a stranger has sent.
@FunctionalInterface
public interface PasswordCheck {

    /// Whether this is the password of that user.
    Deferred<Boolean> check(String user, String password);
}
