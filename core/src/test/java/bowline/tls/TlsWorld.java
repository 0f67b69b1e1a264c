package bowline.tls;

import bowline.testing.ManualClock;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.KeyKind;
import bowline.tls.certificate.PrivateAuthority;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.TlsVersion;
import bowline.tls.engine.Versions;
import java.security.SecureRandom;
import java.time.Duration;

/// A server's certificate that everybody here believes, good at the time that a [ManualClock] begins with.
public final class TlsWorld {
    public static final String SERVER_NAME = "server.test";
    public static final PrivateAuthority AUTHORITY = authority("the tests' authority");
    public static final PrivateAuthority STRANGER = authority("somebody else's authority");
    public static final TlsIdentity SERVER = AUTHORITY.server(SERVER_NAME, "localhost", "127.0.0.1");

    private TlsWorld() {}

    private static PrivateAuthority authority(String name) {
        return new CertificateMaker(new SecureRandom(), () -> ManualClock.START)
                .keys(KeyKind.ED25519)
                .validity(Duration.ofDays(36_500)) // so that it does for real time too
                .authority(name);
    }

    /// A client of that server.
    public static TlsClientOptions.Builder client() {
        return TlsClientOptions.forHost(SERVER_NAME).trust(AUTHORITY.trust());
    }

    public static TlsServerOptions.Builder server() {
        return TlsServerOptions.forIdentity(SERVER);
    }

    /// Nothing else may be agreed upon.
    public static Versions only(TlsVersion version) {
        return new Versions(version, version);
    }
}
