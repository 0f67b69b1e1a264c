package bowline.protocol;

/// A protocol of messages that can be held back between any two of them (LIN-6).
///
/// Pausing pauses the transport too. What has come and was not delivered stays unread, and
/// resuming has the transport show it again, before anything newer.
public abstract class PausableProtocol extends Protocol implements PushProducer {
    private boolean paused;

    /// For subclasses.
    protected PausableProtocol() {}

    /// Delivers nothing more until [#resumeProducing], not even what has come already.
    @Override
    public void pauseProducing() {
        paused = true;
        transport().pauseProducing();
    }

    @Override
    public void resumeProducing() {
        paused = false;
        transport().resumeProducing();
    }

    /// Delivers nothing more, ever, and closes the connection (PRO-9).
    @Override
    public void stopProducing() {
        paused = true;
        transport().stopProducing();
    }

    /// Whether delivery is held back.
    public final boolean paused() {
        return paused;
    }

    /// Whether the next message may be delivered: not while paused, nor once the connection is closed or
    /// closing (LIN-5), nor when it has been handed to another protocol (INT-3).
    protected final boolean wantsMore() {
        return !paused
                && current() == this
                && transport().connected()
                && !transport().disconnecting();
    }
}
