package bowline.simulation.reactor;

import bowline.protocol.TcpTransport;
import bowline.protocol.TransportLimits;
import bowline.simulation.net.StreamSocket;

/// A connection over simulated TCP. Its options are kept and change nothing: the simulated network joins and delays
/// as its links say.
final class SimulatedTcpConnection extends SimulatedConnection implements TcpTransport {
    private boolean noDelay;
    private boolean keepAlive;

    SimulatedTcpConnection(SimulatedReactor reactor, StreamSocket socket, TransportLimits limits) {
        super(reactor, socket, limits);
    }

    @Override
    public boolean tcpNoDelay() {
        return connected() && noDelay;
    }

    @Override
    public void tcpNoDelay(boolean on) {
        noDelay = on;
    }

    @Override
    public boolean tcpKeepAlive() {
        return connected() && keepAlive;
    }

    @Override
    public void tcpKeepAlive(boolean on) {
        keepAlive = on;
    }
}
