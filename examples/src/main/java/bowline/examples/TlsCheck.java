package bowline.examples;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ServerEndpoint;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import bowline.tls.Tls;
import bowline.tls.TlsClientOptions;
import bowline.tls.TlsProviders;
import bowline.tls.TlsServerOptions;
import bowline.tls.TlsTransport;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.PrivateAuthority;
import bowline.tls.certificate.TrustRoots;
import bowline.tls.certificate.UnusableMaterial;
import bowline.tls.engine.TlsProvider;
import bowline.tls.engine.TlsSession;
import bowline.tls.engine.TlsVersion;
import bowline.tls.engine.Versions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Tells whether TLS and SSH are there (seed P28): which implementations, whom the system trusts, and, for each
/// implementation and version, what two ends on this machine really agree upon. It ends with 1 if no handshake
/// succeeds.
///
///     ./bowline example tls-check
public final class TlsCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Reactor reactor;
    private final PrivateAuthority authority;
    private int succeeded;

    private TlsCheck(Reactor reactor) {
        this.reactor = reactor;
        authority = new CertificateMaker(new SecureRandom(), reactor::now).authority("tls-check");
    }

    /// Reports and ends.
    public static void main(String... args) {
        Reactor reactor = Reactor.create();
        var check = new TlsCheck(reactor);
        IO.println("Java " + Runtime.version() + ", " + System.getProperty("os.name"));
        IO.println("SSH: not in this build yet");
        trustStore();

        List<Attempt> attempts = attempts();
        reactor.callWhenRunning(() -> check.next(attempts, 0).onBoth(reactor::stop));
        reactor.run();
        if (check.succeeded == 0) {
            System.exit(1);
        }
    }

    private static void trustStore() {
        try {
            TrustRoots roots = TrustRoots.platform();
            IO.println("trusted authorities: " + roots.certificates().size() + ", of " + roots);
        } catch (UnusableMaterial unusable) {
            IO.println("trusted authorities: none, " + unusable.getMessage());
        }
    }

    private record Attempt(TlsProvider provider, TlsVersion version) {}

    private static List<Attempt> attempts() {
        var attempts = new ArrayList<Attempt>();
        for (TlsProvider provider : TlsProviders.all()) {
            String obstacle = provider.whyNot();
            IO.println(
                    "TLS by " + provider.name() + ": " + (obstacle == null ? "there" : "cannot be used: " + obstacle));
            if (obstacle == null) {
                for (TlsVersion version : TlsVersion.values()) {
                    attempts.add(new Attempt(provider, version));
                }
            }
        }
        return attempts;
    }

    private Deferred<String> next(List<Attempt> attempts, int index) {
        if (index == attempts.size()) {
            return Deferred.succeed("all done");
        }
        Attempt attempt = attempts.get(index);
        String title = attempt.provider().name() + " " + attempt.version().standardName() + ": ";
        return Deferred.maybeDeferred(() -> shakeHands(attempt))
                .onSuccess(_ -> succeeded++)
                .addCallbacks(
                        session -> title + session.cipherSuite(), failure -> title + "FAILED: " + failure.message())
                .onSuccess(IO::println)
                .addCallbackDeferring(_ -> next(attempts, index + 1));
    }

    /// A server and a client of it, both of this implementation and version.
    private Deferred<TlsSession> shakeHands(Attempt attempt) {
        var versions = new Versions(attempt.version(), attempt.version());
        TlsServerOptions ours = TlsServerOptions.forIdentity(authority.server("localhost"))
                .provider(attempt.provider())
                .versions(versions)
                .build();
        TlsClientOptions theirs = TlsClientOptions.forHost("localhost")
                .trust(authority.trust())
                .provider(attempt.provider())
                .versions(versions)
                .build();
        ServerEndpoint server = Tls.wrapServer(ServerEndpoint.of(reactor, "tcp:0:interface=127.0.0.1"), ours);
        return server.listen(Factory.of(Protocol::new)).addCallbackDeferring(port -> {
            ClientEndpoint client = Tls.wrapClient(ClientEndpoint.of(reactor, "tcp:127.0.0.1:" + port.port()), theirs);
            return client.connectProtocol(new Protocol())
                    .addCallbackDeferring(TlsCheck::handshake)
                    .addTimeout(PATIENCE, reactor)
                    .onBoth(port::stopListening);
        });
    }

    private static Deferred<TlsSession> handshake(Protocol protocol) {
        return Objects.requireNonNull(TlsTransport.of(protocol.transport()))
                .handshake()
                .onBoth(protocol.transport()::loseConnection);
    }
}
