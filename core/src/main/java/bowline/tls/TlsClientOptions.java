package bowline.tls;

import bowline.reactor.SeededReactor;
import bowline.time.Clock;
import bowline.tls.certificate.PeerVerifier;
import bowline.tls.certificate.ReferenceIdentity;
import bowline.tls.certificate.ServerVerifier;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.certificate.Trust;
import bowline.tls.certificate.TrustRoots;
import bowline.tls.certificate.UnusableMaterial;
import bowline.tls.engine.ClientSettings;
import bowline.tls.engine.KeyLog;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsProvider;
import bowline.tls.engine.TlsProvider.ClientContext;
import bowline.tls.engine.Versions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How to speak TLS to one server (TLS-4). Whom one means to speak with has to be said, and is verified:
///
///     TlsClientOptions.forHost("example.com").build()
///
/// trusts whom the platform trusts. Make it once for each server and keep it: sessions that can be resumed belong
/// to it, and buffers. Immutable, and safe for any thread.
public final class TlsClientOptions {
    private final ReferenceIdentity server;
    private final Builder made;
    private final ClientContext context;
    private final TlsContext shared;

    private TlsClientOptions(Builder made) throws GeneralSecurityException {
        this.server = made.server;
        this.made = made;
        context = made.context(made.resumption, made.random);
        shared = new TlsContext(made.limits);
    }

    /// Options for the server of that name: the name of a host, in any script, or an IP address as digits. It
    /// is what one was told to connect to, never what a look-up has answered.
    ///
    /// @throws IllegalArgumentException if it is neither
    public static Builder forHost(String host) {
        return new Builder(ReferenceIdentity.of(host));
    }

    /// The same settings for another server.
    ///
    /// @throws IllegalArgumentException if `host` is neither the name of a host nor an address
    public TlsClientOptions toHost(String host) {
        return made.copyFor(ReferenceIdentity.of(host)).build();
    }

    /// The same, to be changed.
    public Builder change() {
        return made.copyFor(server);
    }

    /// Whom the server has to be.
    public ReferenceIdentity server() {
        return server;
    }

    /// What ALPN offers, the preferred one first.
    public List<String> applicationProtocols() {
        return made.applicationProtocols;
    }

    /// How much the server may ask of us.
    public TlsLimits limits() {
        return made.limits;
    }

    /// The implementation of TLS that is used.
    public TlsProvider provider() {
        return made.provider();
    }

    TlsContext shared() {
        return shared;
    }

    /// For one connection, of the reactor that has this clock.
    ///
    /// @throws IllegalStateException in a simulation that would not be the same again
    TlsEngine engine(Clock clock, int port) {
        ClientContext here = clock instanceof SeededReactor simulated
                ? simulated.program().belonging(this, made::seededContext)
                : context;
        return here.engine(server.serverName(), server + ":" + port);
    }

    /// `TLS to example.com`
    @Override
    public String toString() {
        return "TLS to " + server;
    }

    /// What options are made of. For one thread.
    public static final class Builder {
        private final ReferenceIdentity server;
        private @Nullable Trust trust;
        private @Nullable PeerVerifier verifier;
        private @Nullable TlsIdentity identity;
        private List<String> applicationProtocols = List.of();
        private Versions versions = Versions.DEFAULT;
        private boolean resumption = true;
        private @Nullable KeyLog keyLog;
        private @Nullable SecureRandom random;
        private @Nullable TlsProvider provider;
        private TlsLimits limits = TlsLimits.DEFAULT;

        private Builder(ReferenceIdentity server) {
            this.server = server;
        }

        private Builder copyFor(ReferenceIdentity other) {
            var copy = new Builder(other);
            copy.trust = trust;
            copy.verifier = verifier;
            copy.identity = identity;
            copy.applicationProtocols = applicationProtocols;
            copy.versions = versions;
            copy.resumption = resumption;
            copy.keyLog = keyLog;
            copy.random = random;
            copy.provider = provider;
            copy.limits = limits;
            return copy;
        }

        /// Whom to believe; whom the platform believes, unless said otherwise.
        public Builder trust(Trust whom) {
            trust = whom;
            return this;
        }

        /// Who judges the server's certificates in place of trust and name: for rules that neither of them has.
        public Builder verifier(PeerVerifier other) {
            verifier = other;
            return this;
        }

        /// What to show a server that asks for a certificate.
        public Builder identity(TlsIdentity ours) {
            identity = ours;
            return this;
        }

        /// What to offer by ALPN (RFC 7301), the preferred one first.
        public Builder applicationProtocols(String... names) {
            return applicationProtocols(List.of(names));
        }

        /// What to offer by ALPN (RFC 7301), the preferred one first.
        public Builder applicationProtocols(List<String> names) {
            applicationProtocols = List.copyOf(names);
            return this;
        }

        /// Which versions may be agreed upon; [Versions#DEFAULT], unless said otherwise.
        public Builder versions(Versions allowed) {
            versions = allowed;
            return this;
        }

        /// Whether sessions are kept and resumed; they are, unless said otherwise. In a simulation they never
        /// are.
        public Builder resumption(boolean on) {
            resumption = on;
            return this;
        }

        /// Who is told the secrets, so that a capture can be read: for debugging only.
        public Builder keyLog(KeyLog log) {
            keyLog = log;
            return this;
        }

        /// Where random bits come from; the system, unless said otherwise, or the seed in a simulation.
        public Builder random(SecureRandom source) {
            random = source;
            return this;
        }

        /// Which implementation of TLS; [TlsProviders#best], unless said otherwise.
        public Builder provider(TlsProvider chosen) {
            provider = chosen;
            return this;
        }

        /// How much the server may ask of us.
        public Builder limits(TlsLimits other) {
            limits = other;
            return this;
        }

        /// The options.
        ///
        /// @throws IllegalArgumentException if a key, a certificate or a setting cannot be used (TLS-15)
        public TlsClientOptions build() {
            try {
                return new TlsClientOptions(copyFor(server));
            } catch (GeneralSecurityException unusable) {
                throw new IllegalArgumentException(
                        "TLS to " + server + " cannot be set up: " + unusable.getMessage(), unusable);
            }
        }

        private TlsProvider provider() {
            if (provider == null) {
                provider = TlsProviders.best();
            }
            return provider;
        }

        private ClientContext context(boolean resuming, @Nullable SecureRandom bits) throws GeneralSecurityException {
            return provider()
                    .client(new ClientSettings(
                            versions, judge(), identity, applicationProtocols, resuming, keyLog, bits));
        }

        /// For a program in a simulation.
        private ClientContext seededContext(SecureRandom seeded) {
            Repeatable.require(provider(), identity);
            try {
                return context(false, random == null ? seeded : random);
            } catch (GeneralSecurityException unusable) {
                throw new IllegalStateException("TLS that could be set up cannot be set up again", unusable);
            }
        }

        private PeerVerifier judge() throws UnusableMaterial {
            if (verifier != null) {
                return verifier;
            }
            if (trust == null) {
                trust = TrustRoots.platform();
            }
            return new ServerVerifier(trust, server, PresentTime::now);
        }
    }
}
