package bowline.openssl;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.tls.engine.TlsProvider;
import java.util.ServiceLoader;

/// The provider that is tested, where the system has OpenSSL.
final class Openssl {
    private Openssl() {}

    /// Skips the test, with the reason, where it cannot be used.
    static OpensslProvider provider() {
        var provider = new OpensslProvider();
        String obstacle = provider.whyNot();
        assumeTrue(obstacle == null, obstacle);
        return provider;
    }

    /// The JDK's, to talk to.
    static TlsProvider jdk() {
        return ServiceLoader.load(TlsProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("jsse"))
                .findFirst()
                .orElseThrow();
    }
}
