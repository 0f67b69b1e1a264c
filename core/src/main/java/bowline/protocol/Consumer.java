package bowline.protocol;

import bowline.bytes.ByteSink;

/// Takes bytes and says when it has enough (PRO-2 to PRO-8).
public interface Consumer extends ByteSink {

    /// Makes `producer` the one whose bytes come here. A push producer is paused while more than the
    /// high-water mark is buffered and resumed when the buffer is empty (PRO-4); a pull producer is
    /// asked each time the buffer is empty (PRO-5). On a dead consumer the producer is stopped at once.
    ///
    /// @throws IllegalStateException if another producer is registered (PRO-2)
    void registerProducer(Producer producer);

    /// Forgets the producer; a close that waited for it goes ahead (PRO-6).
    void unregisterProducer();
}
