package bowline.openssl;

import bowline.openssl.library.Libssl;
import bowline.tls.engine.ServerSettings;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsProvider.ServerContext;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// What connections of a server have in common that proves itself by one identity. Its tickets are sealed with keys of
/// its own, so no other context opens them.
final class OpensslServerContext extends OpensslContext implements ServerContext {
    /// How long a session can be resumed.
    static final long TICKET_LIFE_SECONDS = 2 * 3600;

    private static final int OWNER_BYTES = 16;

    private final TicketKeys ticketKeys = new TicketKeys(TICKET_LIFE_SECONDS);
    private final byte @Nullable [] staple;

    private OpensslServerContext(long handle, Common common, byte @Nullable [] staple) {
        super(handle, common, null);
        this.staple = staple;
    }

    static OpensslServerContext of(ServerSettings settings) throws GeneralSecurityException {
        ContextMaker.refuse(settings.random());
        try (ContextMaker maker = ContextMaker.server(settings.versions())) {
            maker.identity(settings.identity()).protocolsChosen(settings.applicationProtocols());
            if (settings.keyLog() != null) {
                maker.secretsTold();
            }
            switch (settings.clientCertificates()) {
                case NOT_ASKED -> maker.peerCertificateNotAsked();
                case WANTED -> maker.peerCertificateWanted();
                case REQUIRED -> maker.peerCertificateRequired();
            }
            if (settings.clientVerifier() != null) {
                maker.acceptedIssuers(settings.clientVerifier().acceptedIssuers());
            }
            if (settings.identity().staple() != null) {
                maker.stapleShown();
            }
            if (settings.resumption()) {
                maker.ticketsGiven(owner(), TICKET_LIFE_SECONDS);
            } else {
                maker.noResumption();
            }
            var common = new Common(
                    settings.clientVerifier(),
                    settings.identity().chain(),
                    settings.applicationProtocols(),
                    settings.keyLog());
            return new OpensslServerContext(
                    maker.made(), common, settings.identity().staple());
        }
    }

    private static byte[] owner() {
        var owner = new byte[OWNER_BYTES];
        new SecureRandom().nextBytes(owner);
        return owner;
    }

    @Override
    public TlsEngine engine() {
        Connection connection = newConnection();
        Libssl.setServer(connection.handle());
        return new OpensslEngine(connection, new ServerSide(this));
    }

    /// What tickets are sealed with.
    TicketKeys ticketKeys() {
        return ticketKeys;
    }

    /// The OCSP response to be shown; null for none.
    byte @Nullable [] staple() {
        return staple;
    }
}
