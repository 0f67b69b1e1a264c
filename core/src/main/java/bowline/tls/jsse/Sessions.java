package bowline.tls.jsse;

import bowline.tls.engine.TlsSession;
import bowline.tls.engine.TlsVersion;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/// Says in our words what the JDK has agreed upon.
final class Sessions {

    private Sessions() {}

    /// @param serverName what the client of this engine asks for; null for a server, which has been told
    static TlsSession describe(SSLSession session, SSLEngine ssl, boolean resumed, @Nullable String serverName) {
        String protocol = ssl.getApplicationProtocol();
        return new TlsSession(
                JsseProvider.NAME,
                version(session.getProtocol()),
                session.getCipherSuite(),
                protocol == null || protocol.isEmpty() ? null : protocol,
                ssl.getUseClientMode() ? serverName : requestedName(session),
                resumed,
                peerCertificates(session),
                x509(session.getLocalCertificates()));
    }

    private static TlsVersion version(String standardName) {
        return Arrays.stream(TlsVersion.values())
                .filter(version -> version.standardName().equals(standardName))
                .findFirst()
                .orElseThrow(() -> new AssertionError(standardName + " was not offered"));
    }

    private static @Nullable String requestedName(SSLSession session) {
        if (!(session instanceof ExtendedSSLSession extended)) {
            return null;
        }
        for (SNIServerName name : extended.getRequestedServerNames()) {
            if (name.getType() == StandardConstants.SNI_HOST_NAME) {
                return new String(name.getEncoded(), StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
            }
        }
        return null;
    }

    private static List<X509Certificate> peerCertificates(SSLSession session) {
        try {
            return x509(session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException showedNone) {
            return List.of();
        }
    }

    private static List<X509Certificate> x509(Certificate @Nullable [] certificates) {
        if (certificates == null) {
            return List.of();
        }
        return Arrays.stream(certificates).map(X509Certificate.class::cast).toList();
    }
}
