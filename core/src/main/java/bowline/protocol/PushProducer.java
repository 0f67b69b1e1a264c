package bowline.protocol;

/// Produces by itself until told to pause (PRO-1, PRO-3).
public non-sealed interface PushProducer extends Producer {

    /// Hold back until [#resumeProducing].
    void pauseProducing();

    /// Go on.
    void resumeProducing();
}
