package bowline.tls.jsse;

import bowline.tls.engine.ClientSettings;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsProvider.ClientContext;
import bowline.tls.jsse.JsseEngine.Side;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/// The client's side: one identity, one verifier, and the sessions that may be resumed under them.
final class JsseClientContext implements ClientContext {

    /// Sessions are kept by host and port; all that matters is in the host.
    private static final int ANY_PORT = 1;

    private final ClientSettings settings;
    private final SSLContext context;

    JsseClientContext(ClientSettings settings) throws GeneralSecurityException {
        Policy.checkApplicationProtocols(settings.applicationProtocols());
        Policy.prepare(settings.keyLog());
        this.settings = settings;
        this.context = Policy.context(
                settings.identity() == null ? null : new OneIdentity(settings.identity()),
                new Judge(settings.verifier()),
                settings.random());
        var sessions = context.getClientSessionContext();
        sessions.setSessionCacheSize(settings.resumption() ? Policy.SESSIONS_MAX : 1);
        sessions.setSessionTimeout(settings.resumption() ? Policy.SESSION_SECONDS : Policy.NO_TICKETS_SECONDS);
    }

    @Override
    public TlsEngine engine(@Nullable String serverName, String peer) {
        SSLEngine ssl = settings.resumption()
                ? context.createSSLEngine(peer + "/" + serverName, ANY_PORT)
                : context.createSSLEngine();
        ssl.setUseClientMode(true);
        SSLParameters parameters = Policy.parameters(ssl, settings.versions(), settings.applicationProtocols());
        parameters.setServerNames(serverName == null ? List.of() : List.of(new Name(serverName)));
        ssl.setSSLParameters(parameters);
        return new JsseEngine(ssl, Side.CLIENT, serverName, settings.resumption(), settings.keyLog());
    }

    @Override
    public void close() {}

    /// A host's name as it is sent (RFC 6066 §3). The JDK's own class would refuse an underscore.
    private static final class Name extends SNIServerName {
        Name(String ascii) {
            super(StandardConstants.SNI_HOST_NAME, ascii.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
