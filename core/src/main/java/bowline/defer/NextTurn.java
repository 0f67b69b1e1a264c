package bowline.defer;

import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The layer of [Deferred#onNextTurn]: the chain waits for a Deferred that a call with no delay fires.
final class NextTurn extends Layer {
    private final Clock clock;
    private @Nullable DelayedCall call;

    NextTurn(Clock clock) {
        this.clock = clock;
    }

    @Override
    @Nullable
    Object apply(@Nullable Object result) {
        var turn = new Deferred<@Nullable Object>(_ -> cancelCall());
        call = clock.callLater(Duration.ZERO, () -> turn.fire(result));
        return turn;
    }

    private void cancelCall() {
        if (call != null) {
            call.cancel();
        }
    }
}
