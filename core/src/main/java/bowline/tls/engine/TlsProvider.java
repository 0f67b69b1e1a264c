package bowline.tls.engine;

import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/// An implementation of TLS, found by `ServiceLoader`. `jsse`, of the JDK, is always there.
public interface TlsProvider {

    /// Its name, as in `-Dbowline.tls=jsse`, and as the log tells it.
    String name();

    /// Why it cannot be used here, in words for a log line; null if it can.
    @Nullable
    String whyNot();

    /// What connections of ours as a client share: settings, resumable sessions.
    ///
    /// @throws GeneralSecurityException if a key, a certificate or a setting cannot be used (TLS-15)
    ClientContext client(ClientSettings settings) throws GeneralSecurityException;

    /// What the connections of a server share that prove themselves by one identity.
    ///
    /// @throws GeneralSecurityException if a key, a certificate or a setting cannot be used (TLS-15)
    ServerContext server(ServerSettings settings) throws GeneralSecurityException;

    /// The client's side of many connections. Safe for any thread.
    interface ClientContext extends AutoCloseable {
        /// An engine for one connection, which begins with a ClientHello ([TlsEngine.Need#OUTPUT]).
        ///
        /// @param serverName the name to ask for (SNI), in its ASCII form; null for none
        /// @param peer whom sessions are kept for, as in `example.com:443`
        TlsEngine engine(@Nullable String serverName, String peer);

        /// Frees what is held outside of the heap; engines that are there live on.
        @Override
        void close();
    }

    /// The server's side of many connections. Safe for any thread.
    interface ServerContext extends AutoCloseable {
        /// An engine for one connection, which waits for a ClientHello.
        TlsEngine engine();

        /// Frees what is held outside of the heap; engines that are there live on.
        @Override
        void close();
    }
}
