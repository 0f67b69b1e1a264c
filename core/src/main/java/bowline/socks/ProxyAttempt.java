package bowline.socks;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ConnectingCancelledError;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.NoProtocol;
import bowline.protocol.Protocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One call of `connect` of an endpoint behind a proxy: to the proxy's own endpoint it is the factory, and the
/// program's factory stands behind it (END-2, END-3).
final class ProxyAttempt<P extends Protocol> extends Factory<ProxiedProtocol<P>> {
    private final Factory<P> factory;
    private final ProxyHop hop;
    private final Deferred<P> connected = new Deferred<>(_ -> cancel());
    private @Nullable Deferred<?> reaching;
    private @Nullable ProxiedProtocol<P> talking;

    /// What is asked of which proxy.
    ///
    /// @param name what kind of proxy, as in `SOCKS 5`
    /// @param proxy the way to it
    /// @param destination where it is to connect to
    /// @param timeout how long it may take for that, once it is reached
    record ProxyHop(String name, ClientEndpoint proxy, Address.Hostname destination, Duration timeout) {
        @Override
        public String toString() {
            return "the " + name + " proxy " + proxy;
        }
    }

    private final ProxyConversation conversation;

    ProxyAttempt(Factory<P> factory, ProxyHop hop, ProxyConversation conversation) {
        this.factory = factory;
        this.hop = hop;
        this.conversation = conversation;
        noisy(false);
    }

    Deferred<P> begin() {
        Deferred<ProxiedProtocol<P>> attempt =
                Deferred.maybeDeferred(() -> hop.proxy().connect(this));
        reaching = attempt;
        attempt.<@Nullable Void>addCallbacks(_ -> null, this::unreachable);
        return connected;
    }

    private void cancel() {
        connected.errback(new ConnectingCancelledError(hop.destination()));
        if (reaching != null) {
            reaching.cancel();
        }
        if (talking != null) {
            talking.transport().abortConnection();
        }
    }

    private @Nullable Void unreachable(Failure failure) {
        if (failure.value() instanceof ConnectingCancelledError || failure.value() instanceof CancelledError) {
            fail(failure);
        } else {
            fail(Failure.of(new ProxyError("cannot reach " + hop + ": " + failure.message(), -1, failure.value())));
        }
        return null;
    }

    @Override
    public ProxiedProtocol<P> buildProtocol(Address peer) {
        return new ProxiedProtocol<>(this, conversation, hop.timeout());
    }

    /// The proxy is reached, and its connection is `protocol`'s.
    void talking(ProxiedProtocol<P> protocol) {
        talking = protocol;
    }

    /// The program's protocol for the connection that is there now; null when there is none, and then that was
    /// told.
    @Nullable
    P build() {
        try {
            P protocol = factory.build(hop.destination());
            if (protocol == null) {
                throw new NoProtocol(
                        factory.logPrefix() + " made no protocol for the connection to " + hop.destination());
            }
            return protocol;
        } catch (Exception thrown) {
            fail(Failure.of(thrown));
            return null;
        }
    }

    void succeed(P protocol) {
        talking = null;
        if (!connected.called()) {
            connected.callback(protocol);
        }
    }

    void fail(Failure reason) {
        talking = null;
        if (!connected.called()) {
            connected.errback(reason);
        }
    }

    /// The proxy said or did something that ends the attempt.
    void refused(String what, int code, @Nullable Throwable cause) {
        fail(Failure.of(new ProxyError(hop + " " + what + "; asked for " + hop.destination(), code, cause)));
    }

    @Override
    public void startFactory() {
        factory.doStart();
    }

    @Override
    public void stopFactory() {
        factory.doStop();
    }

    @Override
    public String logPrefix() {
        return factory.logPrefix();
    }
}
