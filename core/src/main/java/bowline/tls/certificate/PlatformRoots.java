package bowline.tls.certificate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Finds out whom the system trusts.
///
/// @param property a property of the JVM, null if it is not set
/// @param environment the variables of the process
/// @param bundles where systems have their authorities, the first that is there counts
record PlatformRoots(Function<String, @Nullable String> property, Map<String, String> environment, List<Path> bundles) {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String FILE = "SSL_CERT_FILE";
    private static final String FOLDER = "SSL_CERT_DIR";

    static PlatformRoots ofProcess() {
        return new PlatformRoots(
                System::getProperty,
                System.getenv(),
                List.of(
                        Path.of("/etc/ssl/certs/ca-certificates.crt"), // Debian, Arch, Alpine
                        Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"), // Fedora and its kin
                        Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
                        Path.of("/etc/ssl/ca-bundle.pem"), // SUSE
                        Path.of("/etc/ssl/cert.pem"))); // BSD, macOS
    }

    TrustRoots read() throws UnusableMaterial {
        if (property.apply(TRUST_STORE) != null) {
            return jdk();
        }
        TrustRoots named = ofEnvironment();
        if (named != null) {
            return named;
        }
        for (Path bundle : bundles) {
            if (Files.isReadable(bundle)) {
                return TrustRoots.of(bundle.toString(), CertificateReader.bundle(bundle));
            }
        }
        return jdk();
    }

    private @Nullable TrustRoots ofEnvironment() throws UnusableMaterial {
        String file = environment.getOrDefault(FILE, "");
        String folder = environment.getOrDefault(FOLDER, "");
        TrustRoots ofFile = file.isEmpty() ? null : TrustRoots.pemFile(Path.of(file));
        TrustRoots ofFolder = folder.isEmpty() ? null : TrustRoots.directory(Path.of(folder));
        if (ofFile != null && ofFolder != null) {
            return ofFile.and(ofFolder);
        }
        return ofFile == null ? ofFolder : ofFile;
    }

    /// Those of the JDK, or of the store that a property of the JVM names.
    private static TrustRoots jdk() throws UnusableMaterial {
        var certificates = new ArrayList<X509Certificate>();
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager trust) {
                    certificates.addAll(List.of(trust.getAcceptedIssuers()));
                }
            }
        } catch (GeneralSecurityException unreadable) {
            throw UnusableMaterial.of(
                    "the trust store of the JDK",
                    String.valueOf(unreadable.getMessage()),
                    "name a file of PEM",
                    unreadable);
        }
        if (certificates.isEmpty()) {
            throw UnusableMaterial.of(
                    "the trust store of the JDK", "there is no certificate in it", "name a file of PEM", null);
        }
        return TrustRoots.of("the JDK's trust store", certificates);
    }
}
