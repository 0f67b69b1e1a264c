package bowline.supervise;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.policy.IdleTimeout;
import bowline.protocol.Drainable;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the small services have in common: none keeps a connection on which nothing happens.
abstract class SmallProtocol extends Protocol implements HalfCloseable, Drainable {
    private static final Logger log = Logger.of(SmallService.class);

    private final Duration idleTimeout;
    private @Nullable IdleTimeout idle;

    SmallProtocol(Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    @Override
    public void connectionMade() {
        idle = new IdleTimeout(transport().clock(), this::endIdle);
        if (idleTimeout.isPositive()) {
            idle.setTimeout(idleTimeout);
        }
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        touch();
        unread.position(unread.limit());
    }

    @Override
    public void connectionLost(Failure reason) {
        if (idle != null) {
            idle.setTimeout(null);
        }
    }

    /// Something has come or gone.
    final void touch() {
        if (idle != null) {
            idle.resetTimeout();
        }
    }

    /// Who takes nothing will not take the rest either.
    private void endIdle() {
        log.info(
                "nothing came or went for idleTimeout, {seconds} s: closing the connection of {peer}",
                idleTimeout.toSeconds(),
                transport().peer());
        if (transport().unsentBytes() > 0) {
            transport().abortConnection();
        } else {
            end();
        }
    }

    /// Sends what is on its way, and closes.
    void end() {
        transport().loseConnection();
    }

    @Override
    public void readConnectionLost() {
        end();
    }

    @Override
    public void writeConnectionLost() {}

    @Override
    public void drain() {
        end();
    }
}
