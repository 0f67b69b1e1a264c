package bowline.simulation.tls;

import bowline.tls.TlsClientOptions;
import bowline.tls.TlsServerOptions;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.KeyKind;
import bowline.tls.certificate.PrivateAuthority;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.TlsVersion;
import bowline.tls.engine.Versions;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;

/// An authority and a server, the same in each JVM, made when simulations begin.
public final class Certificates {
    static final CertificateMaker MAKER =
            new CertificateMaker(bits(), () -> Instant.parse("2026-01-01T00:00:00Z")).keys(KeyKind.ED25519);
    static final PrivateAuthority AUTHORITY = MAKER.authority("the simulations' authority");
    static final TlsIdentity SERVER = AUTHORITY.server("server", "between");

    private Certificates() {}

    private static SecureRandom bits() {
        try {
            SecureRandom bits = SecureRandom.getInstance("SHA1PRNG");
            bits.setSeed(1);
            return bits;
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public static TlsServerOptions.Builder servers() {
        return TlsServerOptions.forIdentity(SERVER);
    }

    public static TlsClientOptions.Builder clients() {
        return TlsClientOptions.forHost("server").trust(AUTHORITY.trust());
    }

    public static Versions only(TlsVersion version) {
        return new Versions(version, version);
    }
}
