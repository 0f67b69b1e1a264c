package bowline.protocol;

/// Produces one piece each time it is asked (PRO-1).
public non-sealed interface PullProducer extends Producer {

    /// Write one piece now.
    void produceMore();
}
