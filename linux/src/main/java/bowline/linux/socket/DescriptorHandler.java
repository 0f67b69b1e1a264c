package bowline.linux.socket;

import bowline.failure.Failure;

/// Whoever cares about a descriptor.
public interface DescriptorHandler {

    /// The descriptor is ready.
    ///
    /// @param events of those in [Poller]
    void ready(int events);

    /// The reactor ends, for this reason.
    void disconnected(Failure reason);
}
