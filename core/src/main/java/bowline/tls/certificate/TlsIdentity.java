package bowline.tls.certificate;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a peer proves with who it is: a private key, and the chain of certificates that begins with the one that
/// vouches for it.
///
/// @param key the private key
/// @param chain its certificate first, then those who vouch for that; without the root, usually
/// @param staple an OCSP response for the first certificate, in DER, to be shown with it; null for none
@SuppressWarnings("ArrayRecordComponent") // nobody compares identities, and a staple is as it came
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain, byte @Nullable [] staple) {
    /// Copies the chain.
    public TlsIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("an identity has a certificate at least");
        }
    }

    /// The certificate of the key.
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// The same with another staple.
    public TlsIdentity stapled(byte @Nullable [] response) {
        return new TlsIdentity(key, chain, response);
    }

    /// Nothing of the key.
    @Override
    public String toString() {
        return "TlsIdentity[" + CertificateWords.subject(certificate()) + ", " + chain.size() + " in the chain"
                + (staple == null ? "" : ", stapled") + "]";
    }
}
