package bowline.testing;

import bowline.protocol.Consumer;
import bowline.protocol.PullProducer;

/// Writes the digits 0 to 9, one each time it is asked, and unregisters (TST-4).
public final class NonStreamingProducer implements PullProducer {
    private static final int PIECES = 10;

    private final Consumer consumer;
    private int produced;
    private boolean stopped;

    /// A producer for `consumer`, with which it has still to be registered.
    public NonStreamingProducer(Consumer consumer) {
        this.consumer = consumer;
    }

    /// Writes the next digit.
    ///
    /// @throws IllegalStateException when it is through: whoever asks has missed that it unregistered
    @Override
    public void produceMore() {
        if (stopped || produced == PIECES) {
            throw new IllegalStateException("asked for more after " + produced + " of " + PIECES + " pieces");
        }
        consumer.write(Integer.toString(produced++));
        if (produced == PIECES) {
            consumer.unregisterProducer();
        }
    }

    @Override
    public void stopProducing() {
        stopped = true;
    }

    /// Whether the consumer has stopped it.
    public boolean stopped() {
        return stopped;
    }
}
