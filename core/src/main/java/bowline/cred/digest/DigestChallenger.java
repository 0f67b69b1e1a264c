package bowline.cred.digest;

import bowline.bytes.Ascii;
import bowline.cred.LoginFailed;
import bowline.machine.PeerViolation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The server's side of HTTP Digest (RFC 7616): makes challenges and reads answers. For the reactor's thread.
///
/// Keeps nothing of a challenge; a nonce is good for [#LIFETIME], for the client address that it was made for, and with
/// each count once. Names hashed by the client (`userhash`) are not asked for and not read.
public final class DigestChallenger {
    /// How long a nonce is good: 900 seconds (CRD-7).
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    /// Nonces whose used counts are kept at a time; beyond, the oldest become stale.
    public static final int NONCE_COUNTS_MAX = 10_000;

    private static final int COUNT_CHARS = 8;

    private final DigestAlgorithm algorithm;
    private final String realm;
    private final DigestNonces nonces;

    /// @param algorithm which digest
    /// @param realm what users see when they are asked
    /// @param clock the calendar, as `reactor::now`
    public DigestChallenger(DigestAlgorithm algorithm, String realm, InstantSource clock) {
        this(algorithm, realm, clock, NONCE_COUNTS_MAX);
    }

    DigestChallenger(DigestAlgorithm algorithm, String realm, InstantSource clock, int nonceCountsMax) {
        this.algorithm = algorithm;
        this.realm = realm;
        nonces = new DigestNonces(clock, LIFETIME, nonceCountsMax);
    }

    /// The value of `WWW-Authenticate`.
    ///
    /// @param client the client's address, without its port
    /// @param stale whether the last answer had [a nonce too old][StaleNonce]
    public String challenge(String client, boolean stale) {
        String nonce = nonces.make(client);
        return "Digest realm=" + DigestParameters.quote(realm) + ", qop=\"auth, auth-int\", algorithm="
                + algorithm.title()
                + ", nonce=\"" + nonce + "\", opaque=\"" + nonces.opaque(nonce, client)
                + "\", charset=UTF-8" + (stale ? ", stale=true" : "");
    }

    /// Reads the value of `Authorization`.
    ///
    /// @param header its value, in UTF-8
    /// @param method the request's
    /// @param uri the request's, as its request line has it
    /// @param client the client's address, without its port
    /// @param body the request's, for `qop=auth-int`; null when it is not there: then only `auth` is taken
    /// @return for the portal
    /// @throws PeerViolation if it cannot be read: answer 400
    /// @throws StaleNonce if the nonce is too old or not ours: challenge anew, stale
    /// @throws LoginFailed if it is for something else: challenge anew
    public DigestCredentials decode(String header, String method, String uri, String client, byte @Nullable [] body)
            throws LoginFailed {
        Map<String, String> given = DigestParameters.read(header);
        String nonce = required(given, "nonce");
        String count = required(given, "nc");
        checkCount(count);
        boolean whole = quality(given, body);
        checkMatches(given, uri);
        if (!nonces.isFresh(nonce, client)) {
            throw new StaleNonce("the nonce is too old, or not ours");
        }
        if (!MessageDigest.isEqual(utf8(given.getOrDefault("opaque", "")), utf8(nonces.opaque(nonce, client)))) {
            throw new LoginFailed("opaque is not what was sent with the nonce");
        }
        var request = new DigestResponse(
                algorithm,
                required(given, "username"),
                realm,
                method,
                uri,
                nonce,
                count,
                required(given, "cnonce"),
                whole && body != null ? algorithm.hash(body) : null);
        return new DigestCredentials(request, required(given, "response"), nonces);
    }

    private static String required(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null || value.isEmpty()) {
            throw DigestParameters.violation("parameter " + name + " is missing");
        }
        return value;
    }

    private static void checkCount(String count) {
        boolean good = count.length() == COUNT_CHARS
                && count.chars()
                        .allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'));
        if (!good || Long.parseLong(count, 16) == 0) {
            throw DigestParameters.violation(
                    "nc " + Ascii.quote(count, 20) + " is not eight hexadecimal digits above 0");
        }
    }

    private static boolean quality(Map<String, String> given, byte @Nullable [] body) throws LoginFailed {
        String quality = required(given, "qop");
        if (!quality.equals("auth") && !(quality.equals("auth-int") && body != null)) {
            throw new LoginFailed("qop " + Ascii.quote(quality, 20) + " was not offered");
        }
        return quality.equals("auth-int");
    }

    private void checkMatches(Map<String, String> given, String uri) throws LoginFailed {
        String title = given.getOrDefault("algorithm", DigestAlgorithm.MD5.title());
        if (DigestAlgorithm.named(title) != algorithm) {
            throw new LoginFailed("algorithm " + Ascii.quote(title, 20) + " was not offered");
        }
        if (!required(given, "realm").equals(realm)) {
            throw new LoginFailed("realm is not the one that was sent");
        }
        if (!required(given, "uri").equals(uri)) {
            throw DigestParameters.violation("uri is not that of the request");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
