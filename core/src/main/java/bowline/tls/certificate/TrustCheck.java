package bowline.tls.certificate;

import bowline.log.Logger;
import bowline.tls.certificate.CertificateRefused.Kind;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges a peer by whatever kind of trust one has.
///
/// @param trust whom to believe
/// @param purpose what the peer is
record TrustCheck(Trust trust, Purpose purpose) {
    private static final Logger log = Logger.of(TrustCheck.class);

    /// Whether the names of the peer still matter: not where its key is all, or nothing is.
    boolean check(List<X509Certificate> chain, byte @Nullable [] staple, Instant now, String whom)
            throws CertificateRefused {
        return switch (trust) {
            case TrustRoots roots -> {
                new ChainJudge(roots, purpose, now, chain, staple).judge();
                yield true;
            }
            case PinnedKeys pinned -> {
                checkPinned(pinned, chain);
                yield false;
            }
            case InsecureTrust _ -> {
                warn(chain, whom);
                yield false;
            }
        };
    }

    private void checkPinned(PinnedKeys pinned, List<X509Certificate> chain) throws CertificateRefused {
        if (chain.isEmpty()) {
            throw new CertificateRefused(
                    Kind.NO_CERTIFICATE,
                    -1,
                    "the " + purpose.title() + " has shown no certificate; it must be given one",
                    null);
        }
        var own = new Place(chain.getFirst(), "the " + purpose.title() + "'s certificate", 0, chain.size());
        KeyPin key = KeyPin.of(chain.getFirst().getPublicKey());
        if (!pinned.pins().contains(key)) {
            throw own.refusal(
                    Kind.NOT_PINNED,
                    "its key, " + key + ", is none of the " + pinned.pins().size() + " pinned",
                    "pin it, if the " + purpose.title() + "'s operator has told you that it is theirs");
        }
        CertificateRules.checkKey(own);
    }

    private void warn(List<X509Certificate> chain, String whom) {
        log.warn(
                "NOT VERIFIED: {whom} shows {certificate}, and InsecureTrust believes it; whoever sits in between can"
                        + " read and change everything",
                whom,
                chain.isEmpty() ? "no certificate" : CertificateWords.subject(chain.getFirst()));
    }
}
