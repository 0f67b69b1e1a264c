package bowline.fuzz;

import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.CertificateReader;
import bowline.tls.certificate.CertificateRefused;
import bowline.tls.certificate.IdentityReader;
import bowline.tls.certificate.KeyKind;
import bowline.tls.certificate.PrivateAuthority;
import bowline.tls.certificate.Purpose;
import bowline.tls.certificate.ReferenceIdentity;
import bowline.tls.certificate.ServerVerifier;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.certificate.UnusableMaterial;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keys and certificates: in files, from peers.
final class CertificateTargets {
    private static final String NAME = "www.example.com";

    private CertificateTargets() {}

    static List<Target> all() {
        CertificateMaker maker = new CertificateMaker(seeded(), () -> Instant.EPOCH).keys(KeyKind.ED25519);
        PrivateAuthority authority = maker.authority("Root");
        TlsIdentity server = authority.intermediate("Middle").server(NAME, "*.example.com", "192.0.2.1");
        byte[] pem = IdentityReader.pem(server).getBytes(StandardCharsets.US_ASCII);
        byte[] certificate = encoded(server.certificate());
        byte[] staple = authority.staple(server.certificate());
        return List.of(
                new Target(
                        "identity",
                        "a key and its chain (TLS-14)",
                        List.of(pem, certificate, server.key().getEncoded()),
                        CertificateTargets::identity),
                new Target(
                        "peer-certificate",
                        "what a peer shows (TLS-1)",
                        List.of(certificate, encoded(authority.certificate())),
                        input -> peer(input, authority)),
                new Target(
                        "staple",
                        "OCSP responses (RFC 6960)",
                        List.of(staple, authority.revocation(server.certificate())),
                        input -> staple(input, authority, server)));
    }

    private static SecureRandom seeded() {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(1);
            return random;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void identity(byte[] input) {
        try {
            TlsIdentity read = IdentityReader.of(Purpose.SERVER, () -> Instant.EPOCH)
                    .passphrase("x".toCharArray())
                    .read("input", input);
            byte[] written = IdentityReader.pem(read).getBytes(StandardCharsets.US_ASCII);
            TlsIdentity again =
                    IdentityReader.of(Purpose.SERVER, () -> Instant.EPOCH).read("input", written);
            if (!again.chain().equals(read.chain())) {
                throw new BrokenRule("TLS-14: a chain that was written is not read back");
            }
        } catch (UnusableMaterial expected) {
            // as it shall be
        }
    }

    private static void peer(byte[] input, PrivateAuthority authority) {
        List<X509Certificate> chain;
        try {
            chain = CertificateReader.bytes("input", input);
        } catch (UnusableMaterial expected) {
            return;
        }
        verify(chain, null, authority);
    }

    private static void staple(byte[] input, PrivateAuthority authority, TlsIdentity server) {
        verify(server.chain(), input, authority);
    }

    private static void verify(List<X509Certificate> chain, byte @Nullable [] staple, PrivateAuthority authority) {
        try {
            new ServerVerifier(authority.trust(), ReferenceIdentity.of(NAME), () -> Instant.EPOCH)
                    .verify(chain, staple);
        } catch (CertificateRefused expected) {
            if (String.valueOf(expected.getMessage()).chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
                throw new BrokenRule("G10: a refusal has control characters in it");
            }
        }
    }
}
