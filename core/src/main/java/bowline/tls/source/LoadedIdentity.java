package bowline.tls.source;

import bowline.tls.CertificateNames;
import bowline.tls.ServerIdentity;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// An identity as it was read and checked.
///
/// @param name of its files
/// @param fingerprint of all that is in the files: as long as that is the same, the identity is the same object
/// @param server what connections are answered with
/// @param names whom the certificate is for
/// @param stapleEnd when the staple must not be shown any more; null without one
record LoadedIdentity(
        String name,
        String fingerprint,
        ServerIdentity server,
        CertificateNames names,
        @Nullable Instant stapleEnd) {

    /// Those who demand most of clients first, then the one that is good for longest.
    static final Comparator<LoadedIdentity> ORDER = Comparator.comparing(
                    (LoadedIdentity each) -> each.server.clientCertificates())
            .thenComparing(LoadedIdentity::end)
            .reversed()
            .thenComparing(LoadedIdentity::name);

    /// The last moment that the certificate is good at.
    Instant end() {
        return server.identity().certificate().getNotAfter().toInstant();
    }

    KeyType keyType() {
        return KeyType.of(server.identity().certificate().getPublicKey());
    }

    boolean expired(Instant now) {
        return now.isAfter(end());
    }

    /// `www.example.org (EC_P256, until 2027-01-01T00:00:00Z): example.org, www.example.org`
    @Override
    public String toString() {
        return name + " (" + keyType() + ", until " + end()
                + switch (server.clientCertificates()) {
                    case NOT_ASKED -> "";
                    case WANTED -> ", asks for client certificates";
                    case REQUIRED -> ", requires client certificates";
                }
                + (stapleEnd == null ? "" : ", stapled")
                + "): "
                + names;
    }
}
