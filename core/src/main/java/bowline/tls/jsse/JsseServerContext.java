package bowline.tls.jsse;

import bowline.tls.engine.ServerSettings;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsProvider.ServerContext;
import bowline.tls.jsse.JsseEngine.Side;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/// The server's side under one identity. Its tickets are good for this context only: whoever makes a new one
/// forgets all sessions.
final class JsseServerContext implements ServerContext {

    private static final int ANY_PORT = 1;

    private final ServerSettings settings;
    private final SSLContext context;
    private final SSLParameters parameters;
    private final AtomicLong engines = new AtomicLong();

    JsseServerContext(ServerSettings settings) throws GeneralSecurityException {
        Policy.checkApplicationProtocols(settings.applicationProtocols());
        Policy.prepare(settings.keyLog());
        this.settings = settings;
        this.context = Policy.context(
                new OneIdentity(settings.identity()),
                settings.clientVerifier() == null ? null : new Judge(settings.clientVerifier()),
                settings.random());
        var sessions = context.getServerSessionContext();
        sessions.setSessionCacheSize(Policy.SESSIONS_MAX);
        sessions.setSessionTimeout(Policy.SESSION_SECONDS);
        this.parameters = parameters();
    }

    private SSLParameters parameters() {
        SSLEngine example = context.createSSLEngine();
        example.setUseClientMode(false);
        SSLParameters shared = Policy.parameters(example, settings.versions(), settings.applicationProtocols());
        switch (settings.clientCertificates()) {
            case NOT_ASKED -> shared.setWantClientAuth(false);
            case WANTED -> shared.setWantClientAuth(true);
            case REQUIRED -> shared.setNeedClientAuth(true);
        }
        return shared;
    }

    /// The "host" is no host's name, but the engine's: a session keeps it, so that one that is resumed can be told.
    @Override
    public TlsEngine engine() {
        SSLEngine ssl =
                context.createSSLEngine(Long.toString(engines.incrementAndGet(), Character.MAX_RADIX), ANY_PORT);
        ssl.setUseClientMode(false);
        ssl.setSSLParameters(parameters);
        return new JsseEngine(ssl, Side.SERVER, null, settings.resumption(), settings.keyLog());
    }

    @Override
    public void close() {}
}
