package bowline.reactor;

import bowline.failure.Failure;
import bowline.log.LogPrefixed;
import java.nio.channels.SelectableChannel;

/// A non-blocking channel that a program brings to the reactor (FDS-1).
///
/// A channel whose other end has hung up counts as ready: reading finds the end, writing fails, and either
/// is returned as the reason to drop it (FDS-5). A file is no such channel; read and write it on the pool, by
/// [Reactor#deferToThread] (FDS-8).
public interface Descriptor extends LogPrefixed {

    /// The channel to watch, in non-blocking mode.
    SelectableChannel channel();

    /// The channel is out of the reactor's hands: it failed, or its handler gave it up, or the reactor ends.
    void connectionLost(Failure reason);
}
