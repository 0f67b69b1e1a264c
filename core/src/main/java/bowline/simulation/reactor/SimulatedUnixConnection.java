package bowline.simulation.reactor;

import bowline.protocol.PeerCredentials;
import bowline.protocol.TransportLimits;
import bowline.protocol.UnixTransport;
import bowline.simulation.net.StreamSocket;

/// A connection over a simulated UNIX socket.
final class SimulatedUnixConnection extends SimulatedConnection implements UnixTransport {

    SimulatedUnixConnection(SimulatedReactor reactor, StreamSocket socket, TransportLimits limits) {
        super(reactor, socket, limits);
    }

    @Override
    public void sendFileDescriptor(int descriptor) {
        throw new UnsupportedOperationException("descriptor " + descriptor + " cannot be passed to " + peer()
                + ": a simulated host has none; on a real one bowline.linux passes them");
    }

    @Override
    public PeerCredentials peerCredentials() {
        throw new UnsupportedOperationException("who " + peer()
                + " is cannot be told: a simulated host has no processes; on a real one bowline.linux tells");
    }
}
