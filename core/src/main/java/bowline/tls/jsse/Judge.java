package bowline.tls.jsse;

import bowline.tls.certificate.PeerVerifier;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Lets our verifier have the say over the peer's certificates, in place of the JDK.
final class Judge extends X509ExtendedTrustManager {

    private final PeerVerifier verifier;

    Judge(PeerVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine)
            throws CertificateException {
        judge(chain, staple(engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
            throws CertificateException {
        judge(chain, null);
    }

    private void judge(X509Certificate[] chain, byte @Nullable [] staple) throws CertificateException {
        JsseEngine.certificateShown();
        try {
            verifier.verify(List.of(chain), staple);
        } catch (CertificateException verdict) {
            throw new Refusal(verdict);
        }
    }

    /// The OCSP response for the peer's own certificate (RFC 6066 §8, RFC 8446 §4.4.2.1).
    private static byte @Nullable [] staple(SSLEngine engine) {
        List<byte[]> responses = engine.getHandshakeSession() instanceof ExtendedSSLSession session
                ? session.getStatusResponses()
                : List.of();
        return responses.isEmpty() || responses.getFirst().length == 0 ? null : responses.getFirst();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return verifier.acceptedIssuers().stream().map(AuthorityName::new).toArray(X509Certificate[]::new);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, Socket socket) {
        throw noEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, Socket socket) {
        throw noEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange) {
        throw noEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType) {
        throw noEngine();
    }

    private static UnsupportedOperationException noEngine() {
        return new UnsupportedOperationException("certificates are judged for engines only");
    }
}
