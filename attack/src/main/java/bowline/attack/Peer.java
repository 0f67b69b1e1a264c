package bowline.attack;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Protocol;
import bowline.time.DelayedCall;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One connection of the attacker, for code that waits ([bowline.reactor.Reactor#async]). One character stands for a
/// byte.
public final class Peer extends Protocol {
    private static final int KEPT_MAX = 1 << 16;

    /// So often a condition is looked at, of which nothing tells.
    private static final Duration LOOK = Duration.ofMillis(20);

    private final StringBuilder heard = new StringBuilder();
    private @Nullable Deferred<@Nullable Void> news;
    private boolean lost;

    Peer() {}

    @Override
    public void dataReceived(ByteBuffer unread) {
        String text = StandardCharsets.ISO_8859_1.decode(unread).toString();
        heard.append(text, 0, Math.min(text.length(), KEPT_MAX - heard.length()));
        wake();
    }

    @Override
    public void connectionLost(Failure reason) {
        lost = true;
        wake();
    }

    private void wake() {
        Deferred<@Nullable Void> waiting = news;
        news = null;
        if (waiting != null) {
            waiting.callback(null);
        }
    }

    /// What the service has said, its first 64 KiB.
    public String heard() {
        return heard.toString();
    }

    /// Whether the connection has ended.
    public boolean lost() {
        return lost;
    }

    /// Whether nothing waits to be sent, or the connection has ended.
    public boolean sent() {
        return lost || transport().unsentBytes() == 0;
    }

    /// Says it; a peer whose connection has ended says nothing.
    public void say(String text) {
        say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// As [#say(String)].
    public void say(byte[] bytes) {
        if (!lost) {
            transport().write(bytes);
        }
    }

    /// Waits for it, and tells whether it came to be in time.
    public boolean comesToBe(BooleanSupplier condition, Duration limit) throws Exception {
        double end = transport().clock().seconds() + limit.toNanos() / 1e9;
        while (!condition.getAsBoolean()) {
            double left = end - transport().clock().seconds();
            if (left <= 0) {
                return false;
            }
            lookAgain(Duration.ofNanos(Math.min(LOOK.toNanos(), (long) (left * 1e9) + 1)));
        }
        return true;
    }

    private void lookAgain(Duration soon) throws Exception {
        var waiting = new Deferred<@Nullable Void>();
        news = waiting;
        DelayedCall look = transport().clock().callLater(soon, this::wake);
        try {
            waiting.await();
        } finally {
            if (look.active()) {
                look.cancel();
            }
        }
    }

    /// Lets time pass.
    public void waits(Duration time) throws Exception {
        comesToBe(() -> false, time);
    }

    /// Ends the connection at once.
    public void end() {
        if (!lost) {
            transport().abortConnection();
        }
    }
}
