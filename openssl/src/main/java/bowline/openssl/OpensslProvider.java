package bowline.openssl;

import bowline.openssl.library.Installation;
import bowline.tls.engine.ClientSettings;
import bowline.tls.engine.ServerSettings;
import bowline.tls.engine.TlsProvider;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/// Offers TLS by the system's OpenSSL 3 under the name `openssl`: two to three times as many handshakes as `jsse`
/// on the same processor, and none of them slow for being the first. It is for programs that ask for it
/// (`-Dbowline.tls=openssl`).
public final class OpensslProvider implements TlsProvider {
    /// As in `-Dbowline.tls=openssl`.
    static final String NAME = "openssl";

    /// For the service loader.
    public OpensslProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public @Nullable String whyNot() {
        try {
            String obstacle = Installation.found().obstacle();
            if (obstacle.isEmpty()) {
                OpensslEngine.prepare();
                return null;
            }
            return obstacle;
        } catch (LinkageError | RuntimeException unusable) {
            Throwable cause = unusable.getCause() == null ? unusable : unusable.getCause();
            return "OpenSSL was found, but cannot be called: " + cause;
        }
    }

    /// @throws IllegalStateException if there is no OpenSSL that can be used, see [#whyNot]
    @Override
    public ClientContext client(ClientSettings settings) throws GeneralSecurityException {
        return OpensslClientContext.of(settings);
    }

    /// @throws IllegalStateException if there is no OpenSSL that can be used, see [#whyNot]
    @Override
    public ServerContext server(ServerSettings settings) throws GeneralSecurityException {
        return OpensslServerContext.of(settings);
    }
}
