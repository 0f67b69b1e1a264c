package bowline.socks;

import bowline.defer.Deferred;

/// Says which requests a [SocksServer] carries out: the program's own word, before any name is looked up (SOC-1). What
/// it lets pass is still judged by the server's [bowline.policy.AddressRules].
///
/// It is the avatar of the server's [bowline.cred.Portal], too: what the user who logged in may ask for.
@FunctionalInterface
public interface RequestCheck {

    /// Everything.
    RequestCheck ALL = _ -> Deferred.succeed(true);

    /// Whether to carry it out. The answer may come later; the client waits, but for no longer than the server's
    /// handshake time-out, and then the Deferred is cancelled. A check that fails refuses the request.
    Deferred<Boolean> authorize(RelayRequest request);
}
