package bowline.tls.source;

import bowline.tls.hello.ClientHello;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.Set;

/// Kinds of keys, the ones that sign fastest first, and which clients can verify what they sign.
enum KeyType {
    /// Ed25519.
    ED25519(Set.of(0x0807), false),
    /// The curve P-256, or a smaller one.
    EC_P256(Set.of(0x0403), false),
    /// The curve P-384.
    EC_P384(Set.of(0x0503), false),
    /// Ed448.
    ED448(Set.of(0x0808), false),
    /// The curve P-521.
    EC_P521(Set.of(0x0603), false),
    /// RSA.
    RSA(Set.of(0x0804, 0x0805, 0x0806), true),
    /// RSA for PSS only.
    RSA_PSS(Set.of(0x0809, 0x080A, 0x080B), true),
    /// Any other, which engines may know.
    OTHER(Set.of(), false);

    private static final int TLS_1_3 = 0x0304;
    private static final int P256_BITS = 256;
    private static final int P384_BITS = 384;

    /// In TLS 1.2 a scheme is a hash and a kind of key, whatever the curve (RFC 5246 §7.4.1.4.1).
    private static final Set<Integer> ANY_ECDSA = Set.of(0x0403, 0x0503, 0x0603, 0x0203);

    private static final Set<Integer> ANY_RSA = Set.of(0x0401, 0x0501, 0x0601, 0x0201, 0x0804, 0x0805, 0x0806);

    /// Those of TLS 1.2 with a key exchange that is signed with an EC key, or with RSA, and AEAD (TLS-3).
    private static final Set<Integer> EC_SUITES = Set.of(0xC02B, 0xC02C, 0xCCA9, 0xC0AC, 0xC0AD, 0xC0AE, 0xC0AF);

    private static final Set<Integer> RSA_SUITES =
            Set.of(0xC02F, 0xC030, 0xCCA8, 0x009E, 0x009F, 0xCCAA, 0xC09E, 0xC09F, 0xC0A2, 0xC0A3);

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Integer> schemes;

    private final boolean rsa;

    KeyType(Set<Integer> schemes, boolean rsa) {
        this.schemes = schemes;
        this.rsa = rsa;
    }

    static KeyType of(PublicKey key) {
        return switch (key) {
            case RSAKey _ -> key.getAlgorithm().equals("RSASSA-PSS") ? RSA_PSS : RSA;
            case ECKey ec -> ofCurve(ec.getParams().getCurve().getField().getFieldSize());
            case EdECKey edwards -> edwards.getParams().getName().equals("Ed448") ? ED448 : ED25519;
            default -> OTHER;
        };
    }

    private static KeyType ofCurve(int bits) {
        if (bits <= P256_BITS) {
            return EC_P256;
        }
        return bits <= P384_BITS ? EC_P384 : EC_P521;
    }

    /// Whether the client can verify what such a key signs, by all that it says (RFC 8446 §4.2.3). Who says
    /// nothing of schemes is older than they are, and takes RSA and EC.
    boolean verifiableBy(ClientHello client) {
        if (client.versions().contains(TLS_1_3)) {
            return client.signatureSchemes().stream().anyMatch(schemes::contains);
        }
        return hasSuite(client) && (client.signatureSchemes().isEmpty() || hasOldScheme(client));
    }

    private boolean hasSuite(ClientHello client) {
        Set<Integer> suites = rsa ? RSA_SUITES : EC_SUITES;
        return client.cipherSuites().stream().anyMatch(suites::contains);
    }

    private boolean hasOldScheme(ClientHello client) {
        Set<Integer> fit = switch (this) {
            case EC_P256, EC_P384, EC_P521 -> ANY_ECDSA;
            case RSA -> ANY_RSA;
            default -> schemes;
        };
        return client.signatureSchemes().stream().anyMatch(fit::contains);
    }
}
