package bowline.attack;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Protocol;
import bowline.task.Later;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// One connection of the attacker.
final class Peer extends Protocol {
    private static final int KEPT_MAX = 1 << 16;
    private static final Duration LOOK = Duration.ofMillis(20);

    private final StringBuilder heard = new StringBuilder();
    private boolean lost;

    @Override
    public void dataReceived(ByteBuffer unread) {
        String text = StandardCharsets.ISO_8859_1.decode(unread).toString();
        heard.append(text, 0, Math.min(text.length(), KEPT_MAX - heard.length()));
    }

    @Override
    public void connectionLost(Failure reason) {
        lost = true;
    }

    String heard() {
        return heard.toString();
    }

    boolean lost() {
        return lost;
    }

    void say(byte[] bytes) {
        if (!lost) {
            transport().write(bytes);
        }
    }

    boolean sent() {
        return lost || transport().unsentBytes() == 0;
    }

    /// Waits for it, and tells whether it came to be in time.
    boolean comesToBe(BooleanSupplier condition, Duration limit) throws Exception {
        double end = transport().clock().seconds() + limit.toMillis() / 1e3;
        while (!condition.getAsBoolean() && transport().clock().seconds() < end) {
            Deferred<?> pause = Later.deferLater(transport().clock(), LOOK);
            pause.await();
        }
        return condition.getAsBoolean();
    }

    void end() {
        if (!lost) {
            transport().abortConnection();
        }
    }
}
