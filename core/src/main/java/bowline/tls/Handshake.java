package bowline.tls;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.policy.ConnectionsBySource;
import bowline.time.DelayedCall;
import bowline.tls.engine.TlsSession;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a layer needs until its handshake is through, and not any more then.
final class Handshake {
    final Opening opening;
    private final List<Deferred<TlsSession>> waiters = new ArrayList<>(0);
    private ConnectionsBySource.@Nullable Source source;
    private @Nullable DelayedCall timeout;
    private int receivedBytes;

    Handshake(Opening opening) {
        this.opening = opening;
    }

    /// It has begun, and counts for this source.
    void begin(ConnectionsBySource.@Nullable Source itsSource, DelayedCall itsTimeout) {
        source = itsSource;
        timeout = itsTimeout;
    }

    /// So many bytes of the peer's were taken.
    ///
    /// @return how many in all
    int received(int bytes) {
        receivedBytes += bytes;
        return receivedBytes;
    }

    Deferred<TlsSession> whenDone() {
        var waiter = new Deferred<TlsSession>();
        waiters.add(waiter);
        return waiter;
    }

    /// It is through, or there is none any more: it counts no longer.
    void end() {
        opening.cancel();
        if (timeout != null) {
            timeout.cancelIfActive();
            timeout = null;
        }
        if (source != null) {
            source.leave();
            source = null;
        }
    }

    void succeed(TlsSession session) {
        waiters.forEach(waiter -> {
            if (!waiter.called()) {
                waiter.callback(session);
            }
        });
    }

    void fail(Failure reason) {
        waiters.forEach(waiter -> {
            if (!waiter.called()) {
                waiter.errback(reason);
            }
        });
    }
}
