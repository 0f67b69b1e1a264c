package bowline.cred.digest;

import org.jspecify.annotations.Nullable;

/// The arithmetic of HTTP Digest (RFC 7616 §3.4): what both sides compute from the same values.
///
/// @param algorithm which digest
/// @param username the user's name
/// @param realm the server's realm
/// @param method of the request
/// @param uri of the request, as its request line has it
/// @param nonce the server's
/// @param nonceCount eight hexadecimal digits
/// @param clientNonce the client's
/// @param bodyHash with `qop=auth-int` the digest of the body, in hexadecimal; null with `qop=auth`
public record DigestResponse(
        DigestAlgorithm algorithm,
        String username,
        String realm,
        String method,
        String uri,
        String nonce,
        String nonceCount,
        String clientNonce,
        @Nullable String bodyHash) {

    /// The value of `response=` for one who knows `password`.
    public String of(String password) {
        return ofKey(algorithm.hash(username + ":" + realm + ":" + password));
    }

    /// The same from H(A1) without session, which is what `htdigest` keeps.
    public String ofKey(String key) {
        String sessionKey = algorithm.session() ? algorithm.hash(key + ":" + nonce + ":" + clientNonce) : key;
        String request = method + ":" + uri + (bodyHash == null ? "" : ":" + bodyHash);
        String quality = bodyHash == null ? "auth" : "auth-int";
        return algorithm.hash(sessionKey + ":" + nonce + ":" + nonceCount + ":" + clientNonce + ":" + quality + ":"
                + algorithm.hash(request));
    }
}
