package bowline.reactor;

import bowline.protocol.Address;

/// A port that is taken, and that nobody in this process serves: for a super-server, which hands it to the program that
/// is to serve it. Made by [Reactor#holdTcp] and [Reactor#holdUdp]; for the reactor's thread.
///
/// A read descriptor of its [#fileno] hears when somebody waits there.
public interface HeldPort extends AutoCloseable {

    /// The number of its descriptor, to be watched ([Descriptor#fileno]) or given to a child.
    int fileno();

    /// Where it is.
    Address host();

    /// Sets whether those block who accept or receive there, in whatever process. It does not at first; it must not
    /// while it is watched.
    void blocking(boolean on);

    /// Lets it go. A process that has it keeps it.
    @Override
    void close();
}
