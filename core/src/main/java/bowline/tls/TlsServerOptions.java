package bowline.tls;

import bowline.defer.Deferred;
import bowline.reactor.SeededReactor;
import bowline.time.Clock;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.KeyLog;
import bowline.tls.engine.ServerSettings;
import bowline.tls.engine.TlsProvider;
import bowline.tls.engine.TlsProvider.ServerContext;
import bowline.tls.engine.Versions;
import bowline.tls.hello.ClientHello;
import bowline.tls.hello.ClientHelloLimits;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a server speaks TLS: who it is for whom, and within which limits.
///
///     TlsServerOptions.forIdentity(identity).build()
///
/// Make it once for each port, or for all reactors that share one: what peers may take together is counted by it, and
/// sessions belong to it. Immutable, and safe for any thread.
public final class TlsServerOptions {
    private final Builder made;
    private final ServerContexts contexts;
    private final ClientHelloLimits helloLimits;
    private final TlsContext shared;

    private TlsServerOptions(Builder made) throws GeneralSecurityException {
        this.made = made;
        contexts = new ServerContexts(identity -> made.context(identity, made.resumption, made.random));
        if (made.only != null) {
            contexts.of(made.only);
        }
        ClientHelloLimits usual = ClientHelloLimits.DEFAULT;
        helloLimits = new ClientHelloLimits(
                made.limits.clientHelloMaxBytes(), usual.recordsMax(), usual.extensionsMax(), usual.entriesMax());
        shared = new TlsContext(made.limits);
    }

    /// One identity for whomever a client asks for.
    public static Builder forIdentity(TlsIdentity identity) {
        return forIdentity(ServerIdentity.of(identity));
    }

    /// One identity for whomever a client asks for, with a demand on clients perhaps.
    public static Builder forIdentity(ServerIdentity identity) {
        return new Builder(new OneIdentity(identity), identity);
    }

    /// An identity for each client, by what it asks for.
    public static Builder forSource(CertificateSource source) {
        return new Builder(source, null);
    }

    /// The same, to be changed.
    public Builder change() {
        return made.copy();
    }

    /// What ALPN chooses from, our preferred one first.
    public List<String> applicationProtocols() {
        return made.applicationProtocols;
    }

    /// How much clients may ask of us.
    public TlsLimits limits() {
        return made.limits;
    }

    /// The implementation of TLS that is used.
    public TlsProvider provider() {
        return made.provider();
    }

    CertificateSource source() {
        return made.source;
    }

    /// For connections of the reactor that has this clock.
    ServerContexts contexts(Clock clock) {
        return clock instanceof SeededReactor simulated
                ? simulated.program().belonging(this, made::seededContexts)
                : contexts;
    }

    ClientHelloLimits helloLimits() {
        return helloLimits;
    }

    TlsContext shared() {
        return shared;
    }

    /// The same for all, who may ask for whom they like.
    private record OneIdentity(ServerIdentity identity) implements CertificateSource {
        @Override
        public Deferred<ServerIdentity> identity(ClientHello hello) {
            return Deferred.succeed(identity);
        }

        @Override
        public boolean admits(ServerIdentity shown, String host) {
            return true;
        }
    }

    /// What options are made of. For one thread.
    public static final class Builder {
        private final CertificateSource source;
        private final @Nullable ServerIdentity only;
        private List<String> applicationProtocols = List.of();
        private Versions versions = Versions.DEFAULT;
        private boolean resumption = true;
        private @Nullable KeyLog keyLog;
        private @Nullable SecureRandom random;
        private @Nullable TlsProvider provider;
        private TlsLimits limits = TlsLimits.DEFAULT;

        private Builder(CertificateSource source, @Nullable ServerIdentity only) {
            this.source = source;
            this.only = only;
        }

        private Builder copy() {
            var copy = new Builder(source, only);
            copy.applicationProtocols = applicationProtocols;
            copy.versions = versions;
            copy.resumption = resumption;
            copy.keyLog = keyLog;
            copy.random = random;
            copy.provider = provider;
            copy.limits = limits;
            return copy;
        }

        /// What can be spoken (ALPN, RFC 7301), our preferred one first (TLS-7). Clients that offer others
        /// only are refused with `no_application_protocol` (TLS-6 of the security rules).
        public Builder applicationProtocols(String... names) {
            return applicationProtocols(List.of(names));
        }

        /// What can be spoken (ALPN, RFC 7301), our preferred one first (TLS-7). Clients that offer others
        /// only are refused with `no_application_protocol` (TLS-6 of the security rules).
        public Builder applicationProtocols(List<String> names) {
            applicationProtocols = List.copyOf(names);
            return this;
        }

        /// Which versions may be agreed upon; [Versions#DEFAULT], unless said otherwise.
        public Builder versions(Versions allowed) {
            versions = allowed;
            return this;
        }

        /// Whether tickets are given, and taken; they are, unless said otherwise. In a simulation they never
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

        /// How much clients may ask of us.
        public Builder limits(TlsLimits other) {
            limits = other;
            return this;
        }

        /// The options.
        ///
        /// @throws IllegalArgumentException if a key, a certificate or a setting cannot be used (TLS-15)
        public TlsServerOptions build() {
            try {
                Builder copy = copy();
                copy.provider();
                return new TlsServerOptions(copy);
            } catch (GeneralSecurityException unusable) {
                throw new IllegalArgumentException("TLS cannot be set up: " + unusable.getMessage(), unusable);
            }
        }

        private TlsProvider provider() {
            if (provider == null) {
                provider = TlsProviders.best();
            }
            return provider;
        }

        /// For a program in a simulation.
        private ServerContexts seededContexts(SecureRandom seeded) {
            return new ServerContexts(identity -> {
                Repeatable.require(provider(), identity.identity());
                return context(identity, false, random == null ? seeded : random);
            });
        }

        private ServerContext context(ServerIdentity identity, boolean resuming, @Nullable SecureRandom bits)
                throws GeneralSecurityException {
            return provider()
                    .server(new ServerSettings(
                            versions,
                            identity.identity(),
                            identity.clientCertificates(),
                            identity.clientVerifier(),
                            applicationProtocols,
                            resuming,
                            keyLog,
                            bits));
        }
    }
}
