package bowline.protocol;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes a pull producer look like one that pushes, for consumers that know only those: it is asked
/// again and again, one piece a turn of the loop, while it is not paused (PRO-10). If it throws, that is
/// logged and it is unregistered.
public final class PullToPush implements PushProducer {
    private static final Logger log = Logger.of(PullToPush.class);

    /// Not zero, so that a clock under test comes to an end (COO-2).
    private static final Duration NEXT_TURN = Duration.ofNanos(10);

    private final PullProducer source;
    private final Consumer consumer;
    private final Clock clock;
    private @Nullable DelayedCall next;
    private boolean ended;

    /// @param source what is asked
    /// @param consumer where it writes, and from where it is unregistered if it throws
    public PullToPush(PullProducer source, Consumer consumer, Clock clock) {
        this.source = source;
        this.consumer = consumer;
        this.clock = clock;
    }

    /// Who is asked.
    public PullProducer source() {
        return source;
    }

    /// Begins to ask.
    public void startStreaming() {
        askSoon();
    }

    /// Asks no more: the source was unregistered. Stopping twice does nothing.
    public void stopStreaming() {
        ended = true;
        pauseProducing();
    }

    @Override
    public void pauseProducing() {
        if (next != null) {
            next.cancelIfActive();
            next = null;
        }
    }

    @Override
    public void resumeProducing() {
        askSoon();
    }

    @Override
    public void stopProducing() {
        stopStreaming();
        source.stopProducing();
    }

    private void askSoon() {
        if (!ended && next == null) {
            next = clock.callLater(NEXT_TURN, this::ask);
        }
    }

    private void ask() {
        // While it is asked, `next` stays set: a resume from inside asks no second time.
        DelayedCall present = next;
        try {
            source.produceMore();
        } catch (Throwable thrown) {
            log.failure("a producer failed and is unregistered", Failure.of(thrown));
            stopStreaming();
            consumer.unregisterProducer();
            return;
        }
        if (next == present) {
            next = null;
            askSoon();
        }
    }
}
