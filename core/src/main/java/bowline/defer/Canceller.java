package bowline.defer;

/// Stops the operation behind a Deferred that somebody cancelled (CAN-1). It may fire the Deferred
/// itself; if it does not, the Deferred fails with [CancelledError] (CAN-2).
@FunctionalInterface
public interface Canceller {

    /// Stops the operation whose result `cancelled` was to carry.
    void cancel(Deferred<?> cancelled) throws Exception;
}
