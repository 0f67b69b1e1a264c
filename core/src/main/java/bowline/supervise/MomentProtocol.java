package bowline.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/// Tells what time it is, and closes (RFC 867, RFC 868).
final class MomentProtocol extends SmallProtocol {
    private final Function<Instant, byte[]> format;

    MomentProtocol(Duration idleTimeout, Function<Instant, byte[]> format) {
        super(idleTimeout);
        this.format = format;
    }

    @Override
    public void connectionMade() {
        super.connectionMade();
        transport().write(format.apply(transport().clock().now()));
        transport().loseConnection();
    }

    @Override
    public String logPrefix() {
        return "Moment";
    }
}
