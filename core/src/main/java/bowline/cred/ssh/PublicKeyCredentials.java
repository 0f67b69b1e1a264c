package bowline.cred.ssh;

import bowline.bytes.Ascii;
import bowline.cred.Credentials;
import org.jspecify.annotations.Nullable;

/// A public key, and a signature that shows who holds the private one (RFC 4252 §7).
///
/// @param username who they say they are
/// @param algorithm of the signature, as in `rsa-sha2-256`
/// @param blob the key in SSH's format
/// @param signedData what was signed: the session's id and the request, as RFC 4252 §7 lays them out
/// @param signature in SSH's format; null in the question whether the key would do
@SuppressWarnings("ArrayRecordComponent") // compared only in constant time, never by equals
public record PublicKeyCredentials(
        String username, String algorithm, byte[] blob, byte[] signedData, byte @Nullable [] signature)
        implements Credentials {

    @Override
    public String toString() {
        return "PublicKeyCredentials[" + Ascii.quote(username, 40) + ", " + Ascii.quote(algorithm, 40) + "]";
    }
}
