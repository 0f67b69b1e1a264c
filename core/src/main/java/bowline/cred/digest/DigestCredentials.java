package bowline.cred.digest;

import bowline.bytes.Ascii;
import bowline.cred.LoginDenied;
import bowline.cred.UsernameHashedPassword;
import bowline.defer.Deferred;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// What a client answered to a challenge of HTTP Digest, fresh and for this request. A right password uses the nonce
/// count up: a second request with the same one is not let in.
public final class DigestCredentials implements UsernameHashedPassword {
    private final DigestResponse request;
    private final String response;
    private final DigestNonces nonces;

    DigestCredentials(DigestResponse request, String response, DigestNonces nonces) {
        this.request = request;
        this.response = response;
        this.nonces = nonces;
    }

    @Override
    public String username() {
        return request.username();
    }

    @Override
    public Deferred<Boolean> checkPassword(String password) {
        return check(request.of(password));
    }

    /// As [#checkPassword], from H(user:realm:password) in hexadecimal, as `htdigest` keeps it.
    public Deferred<Boolean> checkHash(String key) {
        return check(request.ofKey(key));
    }

    private Deferred<Boolean> check(String expected) {
        boolean right = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), response.getBytes(StandardCharsets.UTF_8));
        if (right && !nonces.use(request.nonce(), Long.parseLong(request.nonceCount(), 16))) {
            return Deferred.fail(new LoginDenied("nonce count " + request.nonceCount() + " was used before"));
        }
        return Deferred.succeed(right);
    }

    @Override
    public String toString() {
        return "DigestCredentials[" + Ascii.quote(username(), 40) + "]";
    }
}
