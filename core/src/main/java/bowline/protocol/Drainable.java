package bowline.protocol;

/// A protocol that can end its connection in good order: it finishes what is under way, begins nothing new, tells the
/// peer if there is a way to, and then loses the connection. Protocols without this are left alone until they end by
/// themselves or the time that a stopping service gives them is over.
public interface Drainable {

    /// Begins to end the connection. Called on the reactor's thread, once, while the connection is open.
    void drain();
}
