package bowline.tls.certificate;

import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/// A peer's certificates are not believed. The message is for the log: which certificate, what is wrong with it,
/// what to do.
public final class CertificateRefused extends CertificateException {
    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final int position;

    CertificateRefused(Kind kind, int position, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.position = position;
    }

    /// What is wrong.
    public Kind kind() {
        return kind;
    }

    /// Which of the certificates that the peer has shown is to blame, its own being 0; -1 if none of them alone is.
    public int position() {
        return position;
    }

    /// What can be wrong, each with the alert that tells the peer (RFC 8446 §6.2, RFC 6066 §8).
    public enum Kind {
        /// The peer has shown no certificate.
        NO_CERTIFICATE("certificate_required"),
        /// It has shown more than are read.
        TOO_MANY("bad_certificate"),
        /// Its time is over.
        EXPIRED("certificate_expired"),
        /// Its time has not come.
        NOT_YET_VALID("certificate_expired"),
        /// It is for other names.
        WRONG_NAME("bad_certificate"),
        /// It is for other addresses.
        WRONG_ADDRESS("bad_certificate"),
        /// An address is wanted, and it is for names only.
        NO_ADDRESSES("bad_certificate"),
        /// It has a name in its subject only, where nobody looks any more (RFC 9525 §6.1).
        NAME_ONLY_IN_SUBJECT("bad_certificate"),
        /// It would be for the name if a `*` could stand where it does (RFC 9525 §6.3).
        WILDCARD_MISPLACED("bad_certificate"),
        /// Nobody vouches for it but itself.
        SELF_SIGNED("unknown_ca"),
        /// The authority above it is not trusted.
        UNKNOWN_AUTHORITY("unknown_ca"),
        /// Who has signed it was neither shown nor is trusted.
        ISSUER_MISSING("unknown_ca"),
        /// It was not signed by the key of the one that it names.
        BAD_SIGNATURE("bad_certificate"),
        /// It has signed another one, and is no authority's.
        NOT_AN_AUTHORITY("unknown_ca"),
        /// It is an authority's that may sign no certificates.
        AUTHORITY_MAY_NOT_SIGN("unknown_ca"),
        /// An authority is for other purposes than this.
        AUTHORITY_WRONG_PURPOSE("unknown_ca"),
        /// More authorities stand below one than it allows.
        PATH_LENGTH_EXCEEDED("unknown_ca"),
        /// More authorities stand above it than are followed.
        TOO_DEEP("unknown_ca"),
        /// An authority may not vouch for names like these.
        NAME_NOT_PERMITTED("bad_certificate"),
        /// It is for other purposes, as for clients only.
        WRONG_PURPOSE("unsupported_certificate"),
        /// Its key may not sign handshakes.
        WRONG_KEY_USE("unsupported_certificate"),
        /// Its key is too short, or of a kind that is not safe.
        WEAK_KEY("bad_certificate"),
        /// It was signed with a hash that can be forged.
        WEAK_SIGNATURE("bad_certificate"),
        /// It demands what is not known here.
        UNKNOWN_DEMAND("unsupported_certificate"),
        /// It is bound to policies that do not hold.
        POLICY("bad_certificate"),
        /// It is revoked.
        REVOKED("certificate_revoked"),
        /// It demands proof that it is not revoked, and there is none (RFC 7633).
        STAPLE_MISSING("bad_certificate_status_response"),
        /// The proof that it is not revoked is none.
        STAPLE_UNUSABLE("bad_certificate_status_response"),
        /// Its key is none of those that were pinned.
        NOT_PINNED("bad_certificate"),
        /// It cannot be understood.
        UNREADABLE("bad_certificate"),
        /// Anything else that the rules forbid.
        OTHER("certificate_unknown");

        private final String alert;

        Kind(String alert) {
            this.alert = alert;
        }

        /// The alert for the peer, by its name in the RFC.
        public String alert() {
            return alert;
        }
    }
}
