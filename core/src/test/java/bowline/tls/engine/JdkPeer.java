package bowline.tls.engine;

import bowline.tls.certificate.TlsIdentity;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/// A bare `SSLEngine` of the JDK as the peer, which does what our own engines never would: it renegotiates, changes
/// keys at will, offers old ciphers.
final class JdkPeer implements TlsEngine {

    private final SSLEngine ssl;
    private boolean done;

    private JdkPeer(SSLEngine ssl, boolean client) {
        this.ssl = ssl;
        ssl.setUseClientMode(client);
    }

    static JdkPeer client(TlsVersion version, String... suites) throws Exception {
        return new JdkPeer(context(TestIdentities.client()).createSSLEngine("server.test", 443), true)
                .begin(version, suites);
    }

    static JdkPeer server(TlsVersion version, TlsIdentity identity, String... suites) throws Exception {
        return new JdkPeer(context(identity).createSSLEngine(), false).begin(version, suites);
    }

    /// Clients that share their sessions, and take no tickets, so that a server of TLS 1.2 has to remember them
    /// by the number of the session (RFC 5246 §7.4.1.2).
    static Iterator<JdkPeer> clientsWithoutTickets(TlsVersion version) throws Exception {
        String property = "jdk.tls.client.enableSessionTicketExtension"; // is read when a context is made
        String before = System.setProperty(property, "false");
        try {
            SSLContext context = context(TestIdentities.client());
            context.getClientSessionContext();
            return Stream.generate(() -> another(context, version)).iterator();
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
    }

    private static JdkPeer another(SSLContext context, TlsVersion version) {
        try {
            return new JdkPeer(context.createSSLEngine("server.test", 443), true).begin(version);
        } catch (SSLException unusable) {
            throw new AssertionError(unusable);
        }
    }

    private JdkPeer begin(TlsVersion version, String... suites) throws SSLException {
        ssl.setEnabledProtocols(new String[] {version.standardName()});
        if (suites.length > 0) {
            SSLParameters parameters = ssl.getSSLParameters();
            parameters.setCipherSuites(suites);
            ssl.setSSLParameters(parameters);
        }
        ssl.beginHandshake();
        return this;
    }

    /// Another handshake in TLS 1.2, other keys in TLS 1.3.
    void again() throws SSLException {
        ssl.beginHandshake();
    }

    private static SSLContext context(TlsIdentity identity) throws Exception {
        char[] password = "test".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("identity", identity.key(), password, identity.chain().toArray(X509Certificate[]::new));
        store.setCertificateEntry("authority", TestIdentities.authority());
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public Need need() {
        return switch (ssl.getHandshakeStatus()) {
            case NEED_TASK -> Need.WORK;
            case NEED_WRAP -> Need.OUTPUT;
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> Need.INPUT;
            case FINISHED, NOT_HANDSHAKING -> ssl.isInboundDone() && ssl.isOutboundDone() ? Need.CLOSED : Need.NOTHING;
        };
    }

    @Override
    public Runnable work() {
        return ssl.getDelegatedTask();
    }

    @Override
    public boolean decipher(ByteBuffer records, ByteBuffer plain) throws TlsFault {
        try {
            SSLEngineResult result = ssl.unwrap(records, plain);
            note(result);
            return result.bytesConsumed() > 0;
        } catch (SSLException wrong) {
            throw new TlsFault("the JDK: " + wrong.getMessage(), null, wrong);
        }
    }

    @Override
    public void encipher(ByteBuffer plain, ByteBuffer records) throws TlsFault {
        try {
            note(ssl.wrap(plain, records));
        } catch (SSLException wrong) {
            throw new TlsFault("the JDK: " + wrong.getMessage(), null, wrong);
        }
    }

    private void note(SSLEngineResult result) {
        done |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    }

    @Override
    public boolean handshakeDone() {
        return done;
    }

    @Override
    public TlsSession session() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void endOutput() {
        ssl.closeOutbound();
    }

    @Override
    public boolean inputEnded() {
        return ssl.isInboundDone();
    }

    @Override
    public void close() {}
}
