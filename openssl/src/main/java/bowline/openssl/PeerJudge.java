package bowline.openssl;

import bowline.openssl.library.Der;
import bowline.openssl.library.Libcrypto;
import bowline.openssl.library.Libssl;
import bowline.openssl.library.Memory;
import bowline.tls.certificate.CertificateRefused;
import bowline.tls.certificate.PeerVerifier;
import bowline.tls.engine.TlsAlert;
import bowline.tls.engine.TlsFault;
import java.io.ByteArrayInputStream;
import java.lang.foreign.Arena;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Has one peer's certificates judged, and keeps them, or the words by which they were refused. The library asks for it
/// in the middle of a handshake.
///
/// Three ways, so that each refusal gets the alert it should:
///
/// - A server refuses at once, and the library sends the alert that belongs to our error.
/// - A client of TLS 1.2 judges when the staple has come, in a message of its own behind the certificates, and
/// before it answers. Nothing is enciphered then, so the engine writes the alert.
/// - A client of TLS 1.3 judges at once, but the library would send an alert in clear, which servers need not
/// understand, for it has no key for its side before it answers. So it goes on, and when it is done the engine
/// sends a sealed alert in the place of the answer ([SealedAlert]).
final class PeerJudge {
    private static final int SSL_CTRL_GET_OCSP_RESPONSE = 70;
    private static final int X509_V_OK = 0;
    private static final int X509_V_ERR_UNSPECIFIED = 1;

    private final @Nullable PeerVerifier verifier;
    private List<X509Certificate> chain = List.of();
    private boolean waitsForStaple;
    private @Nullable CertificateException refusal;

    /// @param verifier null if the peer is not asked for certificates
    PeerJudge(@Nullable PeerVerifier verifier) {
        this.verifier = verifier;
    }

    /// The peer has shown its certificates, which are judged at once.
    ///
    /// @param toTheEnd whether the library is to go on in any case, and the refusal is found here when it is done
    /// @return whether the handshake may go on
    boolean shown(long verification, long connection, boolean toTheEnd) {
        Libcrypto.setVerificationError(verification, X509_V_ERR_UNSPECIFIED); // should anything be thrown
        try {
            chain = read(verification);
            judge(staple(connection));
        } catch (CertificateException refused) {
            refusal = refused;
            if (!toTheEnd) {
                Libcrypto.setVerificationError(verification, verificationError(alert(refused)));
                return false;
            }
        }
        Libcrypto.setVerificationError(verification, X509_V_OK);
        return true;
    }

    /// The server has shown its certificates, and its staple is still to come, if there is one.
    ///
    /// @return whether the handshake may go on
    boolean shownBeforeStaple(long verification) {
        Libcrypto.setVerificationError(verification, X509_V_ERR_UNSPECIFIED); // should anything be thrown
        waitsForStaple = true;
        try {
            chain = read(verification);
            Libcrypto.setVerificationError(verification, X509_V_OK);
            return true;
        } catch (CertificateException unreadable) {
            refusal = unreadable;
            return false;
        }
    }

    /// The staple has come, or none will.
    ///
    /// @return whether the handshake may go on
    boolean stapleKnown(long connection) {
        if (!waitsForStaple) {
            return true;
        }
        waitsForStaple = false;
        try {
            judge(staple(connection));
            return true;
        } catch (CertificateException refused) {
            refusal = refused;
            return false;
        }
    }

    private void judge(byte @Nullable [] staple) throws CertificateException {
        if (verifier == null) {
            throw new CertificateException("the peer has shown certificates that nobody asked for");
        }
        verifier.verify(chain, staple);
    }

    private static List<X509Certificate> read(long verification) throws CertificateException {
        var chain = new ArrayList<X509Certificate>();
        for (byte[] der : Der.certificates(Libcrypto.shownChain(verification))) {
            chain.add(certificate(der));
        }
        return List.copyOf(chain);
    }

    private static X509Certificate certificate(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static byte @Nullable [] staple(long connection) {
        try (Arena arena = Arena.ofConfined()) {
            long at = arena.allocate(Long.BYTES, Long.BYTES).address();
            long count = Libssl.control(connection, SSL_CTRL_GET_OCSP_RESPONSE, 0, at);
            return count <= 0 ? null : Memory.bytes(Memory.getAddress(at), (int) count);
        }
    }

    /// A resumed session has been judged when it began. Of a client's whole chain a ticket holds only the first.
    void resumed(long connection, List<X509Certificate> known) throws TlsFault {
        chain = known;
        long own = Libssl.peerCertificate(connection);
        if (chain.isEmpty() && own != 0) {
            try {
                chain = List.of(certificate(Der.bytes(own)));
            } catch (CertificateException unreadable) {
                throw new TlsFault("the certificate in the ticket of a client cannot be read", null, unreadable);
            }
        }
    }

    /// The peer's chain, its own first; empty if it has shown none.
    List<X509Certificate> chain() {
        return chain;
    }

    /// Whether there is nothing against the peer: all that it has shown was judged, and nothing refused.
    /// Without this no handshake is done.
    boolean approves() {
        return !waitsForStaple && refusal == null;
    }

    /// Why they were refused; null if they were not.
    @Nullable
    CertificateException refusal() {
        return refusal;
    }

    /// The alert that tells the peer why (RFC 8446 §6.2).
    static TlsAlert alert(CertificateException refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            TlsAlert known = knownAlert(cause);
            if (known != null) {
                return known;
            }
        }
        return TlsAlert.CERTIFICATE_UNKNOWN;
    }

    private static @Nullable TlsAlert knownAlert(Throwable cause) {
        return switch (cause) {
            case CertificateRefused ours -> TlsAlert.named(ours.kind().alert()).orElse(TlsAlert.CERTIFICATE_UNKNOWN);
            case CertificateExpiredException _, CertificateNotYetValidException _ -> TlsAlert.CERTIFICATE_EXPIRED;
            case CertificateRevokedException _ -> TlsAlert.CERTIFICATE_REVOKED;
            case CertPathValidatorException path when path.getReason() instanceof BasicReason reason -> ofPath(reason);
            default -> null;
        };
    }

    private static TlsAlert ofPath(BasicReason reason) {
        return switch (reason) {
            case EXPIRED, NOT_YET_VALID -> TlsAlert.CERTIFICATE_EXPIRED;
            case REVOKED -> TlsAlert.CERTIFICATE_REVOKED;
            case INVALID_SIGNATURE -> TlsAlert.BAD_CERTIFICATE;
            case ALGORITHM_CONSTRAINED -> TlsAlert.UNSUPPORTED_CERTIFICATE;
            case UNSPECIFIED, UNDETERMINED_REVOCATION_STATUS -> TlsAlert.CERTIFICATE_UNKNOWN;
        };
    }

    /// The error that the library makes that alert of (verify(1), "Diagnostics"); any number that it does not know
    /// becomes `certificate_unknown`.
    private static int verificationError(TlsAlert alert) {
        return switch (alert) {
            case CERTIFICATE_EXPIRED -> 10; // X509_V_ERR_CERT_HAS_EXPIRED
            case UNKNOWN_CA -> 20; // X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY
            case CERTIFICATE_REVOKED -> 23; // X509_V_ERR_CERT_REVOKED
            case UNSUPPORTED_CERTIFICATE -> 26; // X509_V_ERR_INVALID_PURPOSE
            case BAD_CERTIFICATE -> 28; // X509_V_ERR_CERT_REJECTED
            case HANDSHAKE_FAILURE -> 50; // X509_V_ERR_APPLICATION_VERIFICATION
            default -> 10_000;
        };
    }
}
