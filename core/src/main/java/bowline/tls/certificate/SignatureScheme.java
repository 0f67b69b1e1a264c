package bowline.tls.certificate;

import bowline.tls.certificate.der.DerWriter;
import bowline.tls.certificate.der.Oid;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.NamedParameterSpec;

/// How certificates are signed by one kind of key (RFC 5280 §4.1.1.2).
///
/// @param algorithm its name in the JDK
/// @param identifier its object identifier
/// @param parametersNull whether a NULL stands where parameters may be, which only RSA wants (RFC 4055 §5)
record SignatureScheme(String algorithm, String identifier, boolean parametersNull) {
    private static final int P256_BITS = 256;
    private static final int P384_BITS = 384;

    private static final SignatureScheme RSA = new SignatureScheme("SHA256withRSA", Oid.SHA256_WITH_RSA, true);
    private static final SignatureScheme ECDSA_256 =
            new SignatureScheme("SHA256withECDSA", Oid.ECDSA_WITH_SHA256, false);
    private static final SignatureScheme ECDSA_384 =
            new SignatureScheme("SHA384withECDSA", Oid.ECDSA_WITH_SHA384, false);
    private static final SignatureScheme ECDSA_512 =
            new SignatureScheme("SHA512withECDSA", Oid.ECDSA_WITH_SHA512, false);
    private static final SignatureScheme ED25519 = new SignatureScheme("Ed25519", Oid.ED25519, false);
    private static final SignatureScheme ED448 = new SignatureScheme("Ed448", Oid.ED448, false);

    /// The one for `key`: the hash is as strong as the key.
    ///
    /// @throws InvalidKeyException if there is none
    static SignatureScheme of(PrivateKey key) throws InvalidKeyException {
        return switch (key) {
            case RSAKey _ -> RSA;
            case ECKey ec -> ofCurve(ec.getParams().getCurve().getField().getFieldSize());
            case EdECKey edwards ->
                edwards.getParams().getName().equals(NamedParameterSpec.ED448.getName()) ? ED448 : ED25519;
            default -> throw new InvalidKeyException("a key of the kind " + key.getAlgorithm() + " signs nothing here");
        };
    }

    private static SignatureScheme ofCurve(int bits) {
        if (bits <= P256_BITS) {
            return ECDSA_256;
        }
        return bits <= P384_BITS ? ECDSA_384 : ECDSA_512;
    }

    /// The AlgorithmIdentifier.
    byte[] encoded() {
        byte[] name = DerWriter.objectIdentifier(identifier);
        return parametersNull ? DerWriter.sequence(name, DerWriter.nothing()) : DerWriter.sequence(name);
    }

    /// What is to be signed, behind it how, behind that the signature: what certificates and OCSP responses begin
    /// with.
    byte[][] signed(byte[] content, PrivateKey key, SecureRandom random) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key, random);
        signature.update(content);
        return new byte[][] {content, encoded(), DerWriter.bitString(signature.sign())};
    }
}
