package bowline.reactor;

import bowline.failure.Failure;
import bowline.log.LogPrefixed;
import java.nio.channels.SelectableChannel;

/// A non-blocking channel that a program brings to the reactor (FDS-1), or a plain descriptor of the system's: one of
/// [#channel] and [#fileno] is to be overridden.
///
/// A channel whose other end has hung up counts as ready: reading finds the end, writing fails, and either
/// is returned as the reason to drop it (FDS-5). A file is no such channel; read and write it on the pool, by
/// [Reactor#deferToThread] (FDS-8).
public interface Descriptor extends LogPrefixed {
    /// What [#fileno] answers for a channel.
    int NO_FILENO = -1;

    /// The channel to watch, in non-blocking mode.
    default SelectableChannel channel() {
        throw new UnsupportedOperationException(
                logPrefix() + " has no channel; override channel(), or fileno() for a plain descriptor");
    }

    /// The number of the plain descriptor to watch, in non-blocking mode; [#NO_FILENO] if there is a channel. Only
    /// reactors that work on descriptors watch one, as those of Linux do: others refuse it with an
    /// [UnsupportedOperationException]. [Reactor#descriptorChannel] reads and writes it.
    ///
    /// The reactor watches a copy of it, so that nothing is lost when the number is closed, and taken by something
    /// else. Remove it before you close it: else what it belongs to stays open until the reactor has noticed
    /// (FDS-6).
    default int fileno() {
        return NO_FILENO;
    }

    /// The channel is out of the reactor's hands: it failed, or its handler gave it up, or the reactor ends.
    void connectionLost(Failure reason);
}
