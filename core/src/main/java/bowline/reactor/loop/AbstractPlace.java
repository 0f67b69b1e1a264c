package bowline.reactor.loop;

import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import java.io.IOException;
import java.net.SocketAddress;

/// An abstract name of Linux: nothing in the file system belongs to it, so it has neither mode nor lock, and it is free
/// again as soon as the socket is closed (UNX-5).
record AbstractPlace(AbstractSocketAddress address) implements ListeningPlace {

    @Override
    public Address host(SocketAddress bound) {
        return address.address();
    }

    @Override
    public String kind() {
        return "UNIX";
    }

    @Override
    public Object name(SocketAddress bound) {
        return address;
    }

    @Override
    public CannotListenError refused(IOException cause) {
        return ConnectFaults.listening(address, cause);
    }
}
