package bowline.tls.certificate;

import bowline.log.Logger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts a key and certificates together, and checks what comes of it.
///
/// @param source where they come from, for errors
/// @param purpose what it is for; null: to sign certificates
/// @param now the time
record IdentityCheck(String source, @Nullable Purpose purpose, Instant now) {
    private static final Logger log = Logger.of(IdentityCheck.class);
    private static final byte[] PROBE = "whose key is it?".getBytes(StandardCharsets.US_ASCII);

    TlsIdentity identity(PrivateKey key, List<X509Certificate> certificates) throws UnusableMaterial {
        List<X509Certificate> chain = sorted(key, certificates);
        try {
            for (int i = 0; i < chain.size(); i++) {
                check(chain, i);
            }
        } catch (CertificateRefused refused) {
            throw UnusableMaterial.of(source, String.valueOf(refused.getMessage()), "it was not taken", refused);
        }
        return new TlsIdentity(key, withoutRoot(chain), null);
    }

    private void check(List<X509Certificate> chain, int position) throws CertificateRefused {
        var place = new Place(
                chain.get(position), position == 0 ? "the certificate" : "the authority", position, chain.size());
        CertificateRules.checkTime(place, now);
        CertificateRules.checkKey(place);
        if (!CertificateWords.isSelfIssued(place.certificate())) {
            CertificateRules.checkSignature(place);
        }
        if (position > 0) {
            CertificateRules.checkAuthority(place, purpose, position - 1);
        } else if (purpose == null) {
            CertificateRules.checkAuthority(place, null, 0);
        } else {
            CertificateRules.checkUse(place, purpose);
        }
    }

    private List<X509Certificate> sorted(PrivateKey key, List<X509Certificate> certificates) throws UnusableMaterial {
        var left = new ArrayList<>(certificates);
        var chain = new ArrayList<X509Certificate>();
        X509Certificate next = own(key, certificates);
        while (next != null) {
            chain.add(next);
            left.removeAll(List.of(next));
            next = above(next, left);
        }
        if (!left.isEmpty()) {
            log.warn(
                    "{source}: {count} certificates that do not belong to the chain of {subject} are left out, the first is {other}",
                    source,
                    left.size(),
                    CertificateWords.subject(chain.getFirst()),
                    CertificateWords.subject(left.getFirst()));
        }
        return chain;
    }

    private X509Certificate own(PrivateKey key, List<X509Certificate> certificates) throws UnusableMaterial {
        for (X509Certificate each : certificates) {
            if (isPair(key, each.getPublicKey())) {
                return each;
            }
        }
        X509Certificate first = certificates.getFirst();
        throw UnusableMaterial.of(
                source,
                "the private key (" + key.getAlgorithm() + ") is that of no certificate here; the first is "
                        + CertificateWords.subject(first) + " with a key of the kind "
                        + CertificateWords.key(first.getPublicKey()),
                "take the key that the certificate was made for",
                null);
    }

    /// Who has signed `certificate`; null if it is not here, or it has signed itself.
    private @Nullable X509Certificate above(X509Certificate certificate, List<X509Certificate> others)
            throws UnusableMaterial {
        if (CertificateWords.isSelfIssued(certificate)) {
            return null;
        }
        X509Certificate impostor = null;
        for (X509Certificate each : others) {
            if (each.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
                if (isSignedBy(certificate, each)) {
                    return each;
                }
                impostor = each;
            }
        }
        if (impostor != null) {
            throw UnusableMaterial.of(
                    source,
                    CertificateWords.subject(certificate) + " was not signed by the key of "
                            + CertificateWords.subject(impostor)
                            + ", which it names as its issuer",
                    "take the certificate of the authority that has signed it, not of another of the same name",
                    null);
        }
        return null;
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException not) {
            return false;
        }
    }

    /// A root is of no use to who gets it: they have it or do not believe it.
    private static List<X509Certificate> withoutRoot(List<X509Certificate> chain) {
        return chain.size() > 1 && CertificateWords.isSelfIssued(chain.getLast())
                ? chain.subList(0, chain.size() - 1)
                : chain;
    }

    /// Whether what one signs the other verifies.
    static boolean isPair(PrivateKey mine, PublicKey theirs) {
        if (mine instanceof RSAKey one && theirs instanceof RSAKey other) {
            return one.getModulus().equals(other.getModulus());
        }
        try { // no JDK tells the public key of a private one
            String algorithm = SignatureScheme.of(mine).algorithm();
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(mine);
            signing.update(PROBE);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(theirs);
            verifying.update(PROBE);
            return verifying.verify(signature);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }
}
