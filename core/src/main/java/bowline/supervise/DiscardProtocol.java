package bowline.supervise;

import java.time.Duration;

/// Throws away whatever comes (RFC 863).
final class DiscardProtocol extends SmallProtocol {

    DiscardProtocol(Duration idleTimeout) {
        super(idleTimeout);
    }

    @Override
    public String logPrefix() {
        return "Discard";
    }
}
