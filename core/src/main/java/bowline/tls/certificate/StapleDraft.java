package bowline.tls.certificate;

import bowline.tls.certificate.der.DerWriter;
import bowline.tls.certificate.der.Oid;
import bowline.tls.certificate.der.Tag;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/// What an authority says of a certificate in an OCSP response (RFC 6960 §4.2.1).
///
/// @param revoked whether it is revoked, since a second before the authority has looked; good otherwise
/// @param age how long ago the authority has looked
/// @param validity for how long from then the answer is good
record StapleDraft(boolean revoked, Duration age, Duration validity) {

    byte[] signedBy(TlsIdentity authority, X509Certificate certificate, Instant now, SecureRandom random)
            throws GeneralSecurityException {
        X509Certificate issuer = authority.certificate();
        byte[] looked = DerWriter.generalizedTime(now.minus(age));
        byte[] certificateId = DerWriter.sequence(
                DerWriter.sequence(DerWriter.objectIdentifier(Oid.SHA1), DerWriter.nothing()),
                DerWriter.octetString(sha1(issuer.getSubjectX500Principal().getEncoded())),
                DerWriter.octetString(sha1(CertificateDraft.keyBits(issuer.getPublicKey()))),
                DerWriter.integer(certificate.getSerialNumber()));
        byte[] answer = DerWriter.sequence(
                certificateId,
                revoked
                        ? DerWriter.explicit(
                                1, DerWriter.generalizedTime(now.minus(age).minusSeconds(1)))
                        : DerWriter.part(Tag.primitive(0)),
                looked,
                DerWriter.explicit(0, DerWriter.generalizedTime(now.minus(age).plus(validity))));
        byte[] content = DerWriter.sequence(
                DerWriter.explicit(1, issuer.getSubjectX500Principal().getEncoded()),
                looked,
                DerWriter.sequence(answer));
        byte[] response =
                DerWriter.sequence(SignatureScheme.of(authority.key()).signed(content, authority.key(), random));
        return DerWriter.sequence(
                DerWriter.enumerated(0),
                DerWriter.explicit(
                        0,
                        DerWriter.sequence(
                                DerWriter.objectIdentifier(Oid.OCSP_BASIC), DerWriter.octetString(response))));
    }

    /// OCSP names certificates by SHA-1 (RFC 5019 §2.1.1); nothing depends on its strength here.
    private static byte[] sha1(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1").digest(bytes);
    }
}
