package bowline.tls.engine;

import bowline.tls.certificate.TlsIdentity;
import java.security.GeneralSecurityException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An implementation of TLS, found by `ServiceLoader`. `jsse`, of the JDK, is always there.
public interface TlsProvider {

    /// Its name, as in `-Dbowline.tls=jsse`, and as the log tells it.
    String name();

    /// Why it cannot be used here, in words for a log line; null if it can.
    @Nullable
    String whyNot();

    /// What it cannot do of all that the settings speak of. It does not refuse settings that ask for it, for
    /// most can do without: whoever makes options says what will not be done.
    default Set<Feature> lacks() {
        return Set.of();
    }

    /// Why two conversations of the same program and the same `random` in their settings may differ in their
    /// bytes, in words for a person; null if they do not. A simulation asks before it begins.
    ///
    /// @param identity of either side; null for none
    /// @param resumption whether sessions are to be resumed
    @Nullable
    default String whyNotDeterministic(@Nullable TlsIdentity identity, boolean resumption) {
        return name() + " has a random generator of its own, which cannot be seeded; take the JDK's TLS"
                + " (-Dbowline.tls=jsse, or provider(…) of the options)";
    }

    /// What connections of ours as a client share: settings, resumable sessions.
    ///
    /// @throws GeneralSecurityException if a key, a certificate or a setting cannot be used (TLS-15)
    ClientContext client(ClientSettings settings) throws GeneralSecurityException;

    /// What the connections of a server share that prove themselves by one identity.
    ///
    /// @throws GeneralSecurityException if a key, a certificate or a setting cannot be used (TLS-15)
    ServerContext server(ServerSettings settings) throws GeneralSecurityException;

    /// What not every implementation can do.
    enum Feature {
        /// Show the OCSP response of an identity ([TlsIdentity#staple]).
        STAPLE,
        /// Tell the secrets of connections to a [KeyLog].
        KEY_LOG
    }

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
