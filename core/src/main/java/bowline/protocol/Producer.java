package bowline.protocol;

/// A source of bytes for a [Consumer] (section 18): either it pushes, and can be paused
/// ([PushProducer]), or it is pulled, a piece at a time ([PullProducer]).
public sealed interface Producer permits PushProducer, PullProducer {

    /// Produce no more, ever: the consumer is gone (PRO-7).
    void stopProducing();
}
