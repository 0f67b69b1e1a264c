package bowline.tls.jsse;

import bowline.tls.engine.KeyLog;
import bowline.tls.engine.TlsVersion;
import bowline.tls.engine.Versions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// Which ciphers, groups and signatures are used, in our order, which is the server's (rule TLS-3, semantics TLS-6):
/// authenticated ciphers and ephemeral keys of elliptic curves, nothing else.
final class Policy {

    /// How long a session may be resumed, in seconds. The key that a ticket was made with lives an hour longer.
    static final int SESSION_SECONDS = 12 * 3600;

    /// Above seven days, which is as long as a ticket may live (RFC 8446 §4.6.1), so that the JDK keeps no ticket.
    static final int NO_TICKETS_SECONDS = 8 * 24 * 3600;

    /// Most sessions that a context keeps, be it a client's tickets or what clients of TLS 1.2 without tickets go
    /// on with.
    static final int SESSIONS_MAX = 10_000;

    private static final List<String> SUITES_1_3 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private static final List<String> SUITES_1_2 = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /// X25519 first: a handshake with P-256 in its place costs twice as much.
    private static final String[] GROUPS = {"x25519", "secp256r1", "secp384r1", "secp521r1"};

    private static final String[] SCHEMES = {
        "ed25519",
        "ecdsa_secp256r1_sha256",
        "ecdsa_secp384r1_sha384",
        "ecdsa_secp521r1_sha512",
        "ed448",
        "rsa_pss_rsae_sha256",
        "rsa_pss_rsae_sha384",
        "rsa_pss_rsae_sha512",
        "rsa_pss_pss_sha256",
        "rsa_pss_pss_sha384",
        "rsa_pss_pss_sha512",
        "rsa_pkcs1_sha256",
        "rsa_pkcs1_sha384",
        "rsa_pkcs1_sha512"
    };

    private Policy() {}

    /// A context that trusts and proves itself by these alone. Without a trust manager it trusts nobody.
    static SSLContext context(
            @Nullable KeyManager identity, @Nullable TrustManager judge, @Nullable SecureRandom random)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                identity == null ? new KeyManager[0] : new KeyManager[] {identity},
                judge == null ? new TrustManager[0] : new TrustManager[] {judge},
                random);
        return context;
    }

    /// What every engine is set to. It is the caller's own.
    static SSLParameters parameters(SSLEngine engine, Versions versions, List<String> applicationProtocols) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(protocols(versions));
        parameters.setCipherSuites(suites(versions));
        parameters.setNamedGroups(GROUPS);
        parameters.setSignatureSchemes(SCHEMES);
        parameters.setUseCipherSuitesOrder(true);
        parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
        return parameters;
    }

    /// @throws IllegalArgumentException if one cannot be said in a handshake (RFC 7301 §3.1)
    static void checkApplicationProtocols(List<String> protocols) {
        int bytes = 0;
        for (String protocol : protocols) {
            if (protocol.isEmpty()
                    || protocol.length() > 255
                    || protocol.chars().anyMatch(c -> c > 255)) {
                throw new IllegalArgumentException("the application protocol \"" + protocol
                        + "\" cannot be offered: a name of ALPN has 1 to 255 bytes; RFC 7301 §3.1");
            }
            bytes += 1 + protocol.length();
        }
        if (bytes > 65_535) {
            throw new IllegalArgumentException(
                    "the application protocols take " + bytes + " bytes together; ALPN has room for 65535");
        }
    }

    /// @throws GeneralSecurityException if a key log is wanted, and this JDK has no place to listen
    static void prepare(@Nullable KeyLog keyLog) throws GeneralSecurityException {
        String obstacle = keyLog == null ? null : KeyLogTap.obstacle();
        if (obstacle != null) {
            throw new GeneralSecurityException("no key log: " + obstacle);
        }
    }

    private static String[] protocols(Versions versions) {
        return Arrays.stream(TlsVersion.values())
                .filter(versions::has)
                .map(TlsVersion::standardName)
                .toArray(String[]::new);
    }

    private static String[] suites(Versions versions) {
        List<String> suites = new ArrayList<>();
        if (versions.has(TlsVersion.TLS_1_3)) {
            suites.addAll(SUITES_1_3);
        }
        if (versions.has(TlsVersion.TLS_1_2)) {
            suites.addAll(SUITES_1_2);
        }
        return suites.toArray(String[]::new);
    }
}
