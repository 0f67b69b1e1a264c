package bowline.tls;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.machine.PeerViolation;
import bowline.time.Clock;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsFault;
import bowline.tls.hello.ClientHello;
import bowline.tls.hello.ClientHelloMachine;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A server reads whom the client asks for, asks the [CertificateSource], and has an engine then:
///
///     reading ── ClientHello ──▶ choosing ── identity ──▶ chosen
///
/// So a connection that says nothing costs no engine, and the engine begins with the bytes that were looked at.
final class ServerOpening implements Opening {
    private static final Logger log = Logger.of(ServerOpening.class);

    private final TlsServerOptions options;
    private final ClientHelloMachine hellos;
    private @Nullable Deferred<?> choosing;
    private @Nullable ServerIdentity identity;
    private @Nullable TlsFault refusal;
    private boolean asking;

    ServerOpening(TlsServerOptions options) {
        this.options = options;
        hellos = new ClientHelloMachine(options.helloLimits());
    }

    @Override
    public @Nullable TlsEngine engine(ByteBuffer unread, TlsLayer<?> layer) throws TlsFault {
        if (choosing == null && unread.hasRemaining()) {
            ClientHello hello = read(unread);
            if (hello != null) {
                choose(hello, layer);
            }
        }
        if (refusal != null) {
            throw refusal;
        }
        return identity == null ? null : engine(identity, layer.transport().clock());
    }

    private @Nullable ClientHello read(ByteBuffer unread) throws TlsFault {
        try {
            return hellos.next(unread);
        } catch (PeerViolation violation) {
            throw new TlsFault(String.valueOf(violation.getMessage()), violation.reply(), violation);
        }
    }

    private void choose(ClientHello hello, TlsLayer<?> layer) {
        asking = true;
        Deferred<ServerIdentity> answer =
                Deferred.maybeDeferred(() -> options.source().identity(hello));
        choosing = answer;
        answer.<@Nullable Object>addCallbacks(
                found -> answered(layer, found, null), failure -> answered(layer, null, failure));
        asking = false;
    }

    private @Nullable Object answered(TlsLayer<?> layer, @Nullable ServerIdentity found, @Nullable Failure failure) {
        if (refusal == null) {
            identity = found;
            refusal = failure == null ? null : refusal(failure);
            if (!asking) {
                layer.engineKnown();
            }
        }
        return null;
    }

    private static TlsFault refusal(Failure failure) {
        if (failure.value() instanceof UnknownServerName unknown) {
            return new TlsFault(String.valueOf(unknown.getMessage()), "unrecognized_name", unknown);
        }
        log.failure("no certificate can be had for a client, which is sent away", failure);
        return new TlsFault(
                "no certificate could be had for this client: " + failure.message(), "internal_error", failure.value());
    }

    private TlsEngine engine(ServerIdentity chosen, Clock clock) throws TlsFault {
        try {
            return options.contexts(clock).of(chosen).engine();
        } catch (GeneralSecurityException unusable) {
            throw refusal(Failure.of(unusable));
        }
    }

    @Override
    public boolean isChoosing() {
        return choosing != null && identity == null && refusal == null;
    }

    @Override
    public Predicate<String> admission() {
        ServerIdentity shown = Objects.requireNonNull(identity, "the handshake is not through");
        CertificateSource source = options.source();
        return host -> source.admits(shown, host);
    }

    @Override
    public void cancel() {
        Deferred<?> going = choosing;
        if (going != null && isChoosing()) {
            refusal = new TlsFault("the connection is lost", null, null); // and nobody is to be told
            going.cancel();
        }
    }

    @Override
    public boolean isServer() {
        return true;
    }
}
