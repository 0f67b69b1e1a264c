package bowline.linux.socket;

import java.io.IOException;

/// A port that can be handed to another process.
interface HandedSocket {

    /// What it listens at, in the words of [SocketHandover#name].
    String name();

    /// Its descriptor.
    int descriptor() throws IOException;

    /// The process `pid` has it too, and shall find in order what belongs to it.
    void handedOver(long pid);
}
