/// HTTP Digest (RFC 7616): challenges, and credentials from what comes back.
///
/// Start at [DigestChallenger]: `challenge(client)` is what a server sends as `WWW-Authenticate`, `decode(…)` turns
/// the `Authorization` that comes back into [DigestCredentials] for the portal. [DigestResponse] is the arithmetic,
/// for clients as well; [DigestNonces] makes the nonces without keeping them.
///
/// May know: cred, time, bytes. Must not know: HTTP messages, sockets.
@NullMarked
package bowline.cred.digest;

import org.jspecify.annotations.NullMarked;
