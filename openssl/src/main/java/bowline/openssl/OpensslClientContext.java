package bowline.openssl;

import bowline.openssl.library.Libssl;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ClientSettings;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsProvider.ClientContext;
import java.lang.foreign.Arena;
import java.security.GeneralSecurityException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What connections as a client have in common.
final class OpensslClientContext extends OpensslContext implements ClientContext {
    private static final int SSL_CTRL_SET_HOSTNAME = 55;
    private static final int OK = 1;
    private static final int SERVER_NAME_MAX_BYTES = 255;

    private final ClientSessions sessions;

    private OpensslClientContext(long handle, Common common, ClientSessions sessions) {
        super(handle, common, sessions);
        this.sessions = sessions;
    }

    static OpensslClientContext of(ClientSettings settings) throws GeneralSecurityException {
        ContextMaker.refuse(settings.random());
        try (ContextMaker maker = ContextMaker.client(settings.versions())) {
            maker.peerCertificateRequired()
                    .stapleAskedFor()
                    .protocolsOffered(settings.applicationProtocols())
                    .secretsTold();
            TlsIdentity identity = settings.identity();
            if (identity != null) {
                maker.identity(identity).certificateShownWhenAsked();
            }
            if (settings.resumption()) {
                maker.sessionsKept();
            } else {
                maker.noResumption();
            }
            var common = new Common(
                    settings.verifier(),
                    identity == null ? List.of() : identity.chain(),
                    settings.applicationProtocols(),
                    settings.keyLog());
            return new OpensslClientContext(maker.made(), common, new ClientSessions());
        }
    }

    /// @throws IllegalArgumentException if the name is too long for one
    @Override
    public TlsEngine engine(@Nullable String serverName, String peer) {
        Connection connection = newConnection();
        Libssl.setClient(connection.handle());
        if (serverName != null) {
            askFor(serverName, connection);
        }
        var server = new ClientSessions.Server(peer, serverName);
        ClientSessions.Kept session = sessions.take(server);
        if (session != null) {
            Libssl.setSession(connection.handle(), session.handle());
            Libssl.freeSession(session.handle());
        }
        return new OpensslEngine(connection, new ClientSide(this, server, session));
    }

    private static void askFor(String serverName, Connection connection) {
        try (Arena arena = Arena.ofConfined()) {
            long at = arena.allocateFrom(serverName).address();
            if (Libssl.control(connection.handle(), SSL_CTRL_SET_HOSTNAME, 0, at) != OK) {
                ErrorQueue.clear();
                connection.close();
                throw new IllegalArgumentException("a server's name has 1 to " + SERVER_NAME_MAX_BYTES
                        + " characters of ASCII, not \"" + serverName + "\"");
            }
        }
    }

    /// What servers gave to resume with.
    ClientSessions sessions() {
        return sessions;
    }
}
