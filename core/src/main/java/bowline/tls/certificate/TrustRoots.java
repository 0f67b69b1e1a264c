package bowline.tls.certificate;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/// Authorities, and so whom they vouch for. Immutable.
///
///     TrustRoots.platform()                                   who the system trusts
///     TrustRoots.pemFile(Path.of("our-own.pem"))              nobody but those in the file
///     TrustRoots.platform().and(TrustRoots.pemFile(…))        both
///     TrustRoots.platform().pinned(KeyPin.parse("sha256/…"))  and one of the certificates has this key
public final class TrustRoots implements Trust {
    private final String origin;
    private final Map<X500Principal, List<X509Certificate>> bySubject;
    private final Set<KeyPin> pins;

    private TrustRoots(String origin, Map<X500Principal, List<X509Certificate>> bySubject, Set<KeyPin> pins) {
        this.origin = origin;
        this.bySubject = bySubject;
        this.pins = pins;
    }

    /// These. A certificate of a server itself may be among them, too.
    public static TrustRoots of(List<X509Certificate> certificates) {
        return of("a list of " + certificates.size(), certificates);
    }

    static TrustRoots of(String origin, List<X509Certificate> certificates) {
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("with no authority nobody could be believed");
        }
        var bySubject = new LinkedHashMap<X500Principal, List<X509Certificate>>();
        for (X509Certificate each : new LinkedHashSet<>(certificates)) {
            bySubject
                    .computeIfAbsent(each.getSubjectX500Principal(), _ -> new ArrayList<>())
                    .add(each);
        }
        return new TrustRoots(origin, bySubject, Set.of());
    }

    /// All certificates in a file of PEM. It reads the file, so not on a reactor's thread.
    ///
    /// @throws UnusableMaterial if it cannot be read, or there is none in it
    public static TrustRoots pemFile(Path file) throws UnusableMaterial {
        return of(file.toString(), CertificateReader.file(file));
    }

    /// All certificates in the files of a folder whose names end as certificates' do: `.pem`, `.crt`, `.cer`,
    /// and `.0` to `.9`, as OpenSSL has them. It reads them all, so not on a reactor's thread.
    ///
    /// @throws UnusableMaterial if one cannot be read, or there is none
    public static TrustRoots directory(Path folder) throws UnusableMaterial {
        return of(folder.toString(), CertificateReader.folder(folder));
    }

    /// Whom the system trusts: the first that there is of `-Djavax.net.ssl.trustStore`, `$SSL_CERT_FILE` and
    /// `$SSL_CERT_DIR`, the bundle of the system, and the JDK's own. It reads files, so not on a reactor's thread.
    ///
    /// @throws UnusableMaterial if what is named by the property or the variables cannot be read
    public static TrustRoots platform() throws UnusableMaterial {
        return PlatformRoots.ofProcess().read();
    }

    /// Those, and others.
    public TrustRoots and(TrustRoots others) {
        var all = new ArrayList<>(certificates());
        all.addAll(others.certificates());
        var allPins = new LinkedHashSet<>(pins);
        allPins.addAll(others.pins);
        return new TrustRoots(origin + " and " + others.origin, of(all).bySubject, allPins);
    }

    /// The same, but one of the certificates between the peer's own and the authority's, both included, must
    /// have one of these keys.
    public TrustRoots pinned(KeyPin... keys) {
        return new TrustRoots(origin, bySubject, new LinkedHashSet<>(List.of(keys)));
    }

    /// All of them.
    public List<X509Certificate> certificates() {
        return bySubject.values().stream().flatMap(List::stream).toList();
    }

    /// Those of that name.
    List<X509Certificate> named(X500Principal subject) {
        return bySubject.getOrDefault(subject, List.of());
    }

    boolean has(X509Certificate certificate) {
        return named(certificate.getSubjectX500Principal()).contains(certificate);
    }

    List<X500Principal> subjects() {
        return List.copyOf(bySubject.keySet());
    }

    Set<KeyPin> pins() {
        return pins;
    }

    /// Where they come from.
    @Override
    public String toString() {
        return origin;
    }
}
