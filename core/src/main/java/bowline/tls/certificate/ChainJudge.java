package bowline.tls.certificate;

import bowline.tls.certificate.CertificatePaths.Path;
import bowline.tls.certificate.CertificateRefused.Kind;
import bowline.tls.certificate.der.DerReader;
import bowline.tls.certificate.der.NotDer;
import bowline.tls.certificate.der.Oid;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateRevokedException;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges a chain by RFC 5280 §6 at a given time, without asking anybody: what is about one certificate alone by
/// our own rules, which have words for it, and the path as a whole by the JDK's validator, which has the last word.
final class ChainJudge {
    /// Most certificates that a peer may show.
    static final int SHOWN_MAX = 20;

    private final TrustRoots roots;
    private final Purpose purpose;
    private final Instant now;
    private final List<X509Certificate> shown;
    private final byte @Nullable [] staple;

    /// @param shown by the peer, its own first
    /// @param staple the OCSP response that came with it; null if none did
    ChainJudge(TrustRoots roots, Purpose purpose, Instant now, List<X509Certificate> shown, byte @Nullable [] staple) {
        this.roots = roots;
        this.purpose = purpose;
        this.now = now;
        this.shown = shown;
        this.staple = staple;
    }

    /// Looks for one way to an authority that is trusted, on which all is well.
    ///
    /// @throws CertificateRefused if there is none; it speaks of the first way that was tried
    void judge() throws CertificateRefused {
        checkCount();
        CertificatePaths found = CertificatePaths.find(shown, roots);
        if (found.paths().isEmpty()) {
            throw deadEnd(found);
        }
        CertificateRefused first = null;
        for (Path path : found.paths()) {
            try {
                check(path);
                return;
            } catch (CertificateRefused refused) {
                first = first == null ? refused : first;
            }
        }
        throw first;
    }

    private void checkCount() throws CertificateRefused {
        if (shown.isEmpty()) {
            throw new CertificateRefused(
                    Kind.NO_CERTIFICATE,
                    -1,
                    "the " + purpose.title() + " has shown no certificate; it must be given one",
                    null);
        }
        if (shown.size() > SHOWN_MAX) {
            throw new CertificateRefused(
                    Kind.TOO_MANY,
                    -1,
                    "the " + purpose.title() + " has shown " + shown.size() + " certificates, and " + SHOWN_MAX
                            + " are read; those that are of no use must be taken out of its chain",
                    null);
        }
    }

    private Place own() {
        return new Place(shown.getFirst(), "the " + purpose.title() + "'s certificate", 0, shown.size());
    }

    private Place place(X509Certificate certificate) {
        int position = shown.indexOf(certificate);
        return switch (position) {
            case 0 -> own();
            case -1 -> new Place(certificate, "the trusted authority", -1, shown.size());
            default ->
                new Place(certificate, "the authority in the " + purpose.title() + "'s chain", position, shown.size());
        };
    }

    private CertificateRefused deadEnd(CertificatePaths found) {
        if (found.tooDeep()) {
            return own().refusal(
                            Kind.TOO_DEEP,
                            "more than " + CertificatePaths.DEPTH_MAX
                                    + " authorities stand between it and one that could be" + " trusted",
                            "a shorter chain is needed");
        }
        X509Certificate last = found.longest().getLast();
        boolean alone = found.longest().size() == 1;
        if (CertificateWords.isSelfIssued(last)) {
            return alone
                    ? own().refusal(
                                    Kind.SELF_SIGNED,
                                    "nobody vouches for it but itself",
                                    "trust it by name (its file as trust root, or the pin "
                                            + KeyPin.of(last.getPublicKey()) + "), or get one from an authority")
                    : place(last)
                            .refusal(
                                    Kind.UNKNOWN_AUTHORITY,
                                    "this root is not among the trusted (" + roots + ")",
                                    "add it to them, if you know it by another way than this connection");
        }
        return alone
                ? own().refusal(
                                Kind.ISSUER_MISSING,
                                "it was signed by " + CertificateWords.issuer(last)
                                        + ", whose certificate was not shown and is not among the trusted (" + roots
                                        + ")",
                                "an intermediate authority's must be sent behind it (the full chain); a root must be trusted"
                                        + " here")
                : place(last)
                        .refusal(
                                Kind.UNKNOWN_AUTHORITY,
                                "it was signed by " + CertificateWords.issuer(last)
                                        + ", which is not among the trusted (" + roots + ")",
                                "add that root to them, if you know it by another way than this connection");
    }

    private void check(Path path) throws CertificateRefused {
        int below = -1;
        for (X509Certificate each : path.certificates()) {
            Place place = place(each);
            CertificateRules.checkTime(place, now);
            CertificateRules.checkKey(place);
            CertificateRules.checkSignature(place);
            if (below >= 0) {
                CertificateRules.checkAuthority(place, purpose, below);
            }
            below += below < 0 || !CertificateWords.isSelfIssued(each) ? 1 : 0;
        }
        checkAnchor(path, below);
        CertificateRules.checkUse(own(), purpose);
        checkStapleIsThere();
        if (!path.certificates().isEmpty()) {
            validate(path);
            checkAnchorsNames(path);
        } else if (shown.getFirst().hasUnsupportedCriticalExtension()) {
            throw own().refusal(Kind.UNKNOWN_DEMAND, "it demands what is not known here", "it must be made anew");
        }
        checkPins(path);
    }

    private void checkAnchor(Path path, int below) throws CertificateRefused {
        Place place = place(path.anchor());
        CertificateRules.checkTime(place, now);
        CertificateRules.checkKey(place);
        if (below >= 0) {
            CertificateRules.checkAuthority(
                    new Place(path.anchor(), "the trusted authority", -1, shown.size()), purpose, below);
        }
    }

    private void checkStapleIsThere() throws CertificateRefused {
        if (purpose == Purpose.SERVER && staple == null && CertificateRules.mustStaple(own())) {
            throw own().refusal(
                            Kind.STAPLE_MISSING,
                            "it wants to be refused without a proof that it is not revoked, and none came",
                            "the server must staple an OCSP response, or get a certificate that does not demand it");
        }
    }

    private void checkPins(Path path) throws CertificateRefused {
        if (roots.pins().isEmpty()
                || roots.pins().contains(KeyPin.of(path.anchor().getPublicKey()))
                || path.certificates().stream()
                        .anyMatch(each -> roots.pins().contains(KeyPin.of(each.getPublicKey())))) {
            return;
        }
        throw own().refusal(
                        Kind.NOT_PINNED,
                        "neither its key, " + KeyPin.of(shown.getFirst().getPublicKey())
                                + ", nor one above it is among the pinned",
                        "pin one of them, if the " + purpose.title() + "'s operator has told you of a new one");
    }

    /// What a trusted authority may vouch for: the JDK's validator does not ask its certificate.
    private void checkAnchorsNames(Path path) throws CertificateRefused {
        byte[] extension = path.anchor().getExtensionValue(Oid.NAME_CONSTRAINTS);
        if (extension == null) {
            return;
        }
        try {
            var permitted = new X509CertSelector();
            permitted.setNameConstraints(DerReader.of(extension).octetString());
            for (X509Certificate each : path.certificates()) {
                if (!permitted.match(each) && (each.equals(shown.getFirst()) || !CertificateWords.isSelfIssued(each))) {
                    throw notPermitted(each, path.anchor(), null);
                }
            }
        } catch (IOException | NotDer unreadable) {
            throw place(path.anchor())
                    .refusal(
                            Kind.UNREADABLE,
                            "its name constraints cannot be read",
                            "the authority must be made anew",
                            unreadable);
        }
    }

    private CertificateRefused notPermitted(
            X509Certificate certificate, X509Certificate authority, @Nullable Throwable cause) {
        return place(certificate)
                .refusal(
                        Kind.NAME_NOT_PERMITTED,
                        "an authority above it, " + CertificateWords.subject(authority)
                                + " or one near it, may not vouch for such names: "
                                + CertificateWords.names(certificate),
                        "the certificate must come from another authority",
                        cause);
    }

    private void validate(Path path) throws CertificateRefused {
        CertPathValidatorException why = whyNot(path, staple);
        if (why == null) {
            return;
        }
        if (staple != null && whyNot(path, null) == null) {
            throw stapleRefused(why);
        }
        throw refusal(path, why);
    }

    private @Nullable CertPathValidatorException whyNot(Path path, byte @Nullable [] response)
            throws CertificateRefused {
        try {
            CertPath certificates = CertificateFactory.getInstance("X.509").generateCertPath(path.certificates());
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(path.anchor(), null)));
            parameters.setDate(Date.from(now));
            parameters.setRevocationEnabled(false);
            if (response != null) {
                parameters.addCertPathChecker(stapleChecker(validator, path, response));
            }
            validator.validate(certificates, parameters);
            return null;
        } catch (CertPathValidatorException refused) {
            return refused;
        } catch (GeneralSecurityException strange) {
            throw own().refusal(
                            Kind.OTHER, "its chain cannot be followed: " + strange.getMessage(), "see there", strange);
        }
    }

    /// Looks at the staple alone and asks nobody.
    private static PKIXRevocationChecker stapleChecker(CertPathValidator validator, Path path, byte[] response) {
        var checker = (PKIXRevocationChecker) validator.getRevocationChecker();
        checker.setOcspResponses(Map.of(path.certificates().getFirst(), response));
        checker.setOptions(
                Set.of(PKIXRevocationChecker.Option.ONLY_END_ENTITY, PKIXRevocationChecker.Option.NO_FALLBACK));
        return checker;
    }

    private CertificateRefused stapleRefused(CertPathValidatorException why) {
        if (why.getCause() instanceof CertificateRevokedException revoked) {
            return own().refusal(
                            Kind.REVOKED,
                            "its authority has revoked it at "
                                    + revoked.getRevocationDate().toInstant() + " (" + revoked.getRevocationReason()
                                    + ")",
                            "whom it belongs to must get a new one, with a new key",
                            why);
        }
        return own().refusal(
                        Kind.STAPLE_UNUSABLE,
                        "the OCSP response that came with it proves nothing: " + why.getMessage(),
                        "the " + purpose.title() + " must fetch a new one",
                        why);
    }

    private CertificateRefused refusal(Path path, CertPathValidatorException why) {
        List<X509Certificate> all = new ArrayList<>(path.certificates());
        all.add(path.anchor());
        // Between these the names fit: if the JDK finds no anchor all the same, the identifiers of the keys do not.
        boolean otherKey = why.getReason() == PKIXReason.NO_TRUST_ANCHOR;
        int index = otherKey ? path.certificates().size() - 1 : Math.max(why.getIndex(), 0);
        X509Certificate blamed = all.get(Math.min(index, all.size() - 1));
        X509Certificate above = all.get(Math.min(index + 1, all.size() - 1));
        Place place = place(blamed);
        if (otherKey || why.getReason() == BasicReason.INVALID_SIGNATURE) {
            return place.refusal(
                    Kind.BAD_SIGNATURE,
                    "the key of " + CertificateWords.subject(above)
                            + ", which it names as its issuer, has not signed it",
                    "has that authority been made anew under the same name? Then trust the new one, or have this one"
                            + " signed again; otherwise this is an attack",
                    why);
        }
        if (why.getReason() == PKIXReason.INVALID_NAME) {
            return notPermitted(blamed, above, why);
        }
        if (why.getReason() == PKIXReason.UNRECOGNIZED_CRIT_EXT) {
            return place.refusal(
                    Kind.UNKNOWN_DEMAND,
                    "it has a critical extension that is not known here, of " + blamed.getCriticalExtensionOIDs(),
                    "one is needed without it",
                    why);
        }
        return place.refusal(kind(why), String.valueOf(why.getMessage()), "one is needed that keeps RFC 5280", why);
    }

    private static Kind kind(CertPathValidatorException why) {
        if (why.getReason() instanceof BasicReason reason) {
            return switch (reason) {
                case EXPIRED -> Kind.EXPIRED;
                case NOT_YET_VALID -> Kind.NOT_YET_VALID;
                case ALGORITHM_CONSTRAINED -> Kind.WEAK_SIGNATURE;
                case INVALID_SIGNATURE -> Kind.BAD_SIGNATURE;
                case REVOKED -> Kind.REVOKED;
                case UNDETERMINED_REVOCATION_STATUS, UNSPECIFIED -> Kind.OTHER;
            };
        }
        if (why.getReason() instanceof PKIXReason reason) {
            return switch (reason) {
                case INVALID_KEY_USAGE -> Kind.AUTHORITY_MAY_NOT_SIGN;
                case INVALID_POLICY -> Kind.POLICY;
                case NO_TRUST_ANCHOR, NAME_CHAINING -> Kind.UNKNOWN_AUTHORITY;
                case NOT_CA_CERT -> Kind.NOT_AN_AUTHORITY;
                case PATH_TOO_LONG -> Kind.PATH_LENGTH_EXCEEDED;
                case INVALID_NAME -> Kind.NAME_NOT_PERMITTED;
                case UNRECOGNIZED_CRIT_EXT -> Kind.UNKNOWN_DEMAND;
            };
        }
        return Kind.OTHER;
    }
}
