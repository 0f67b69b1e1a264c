package bowline.reactor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/// A plain descriptor of the system's, read and written without waiting (section 16): an end of a pipe, a terminal, a
/// device, an event counter, or what a peer has passed ([bowline.protocol.FileDescriptorReceiver]). Made by
/// [Reactor#descriptorChannel]; for the reactor's thread alone.
///
/// To hear when there is something to read, or room to write, watch its [#fileno] with [Reactor#addReader] and
/// [Reactor#addWriter].
public interface DescriptorChannel extends ByteChannel {

    /// The number of the descriptor, for [Descriptor#fileno].
    int fileno();

    /// Reads what is there.
    ///
    /// @return how many bytes; 0 when there are none yet, -1 at the end
    @Override
    int read(ByteBuffer into) throws IOException;

    /// Writes what there is room for.
    ///
    /// @return how many bytes; 0 when there is no room
    @Override
    int write(ByteBuffer bytes) throws IOException;

    /// Closes the descriptor. Whoever still watches it is told that it went away (FDS-6).
    @Override
    void close();
}
