package bowline.simulation.reactor;

import bowline.protocol.TransportLimits;
import bowline.reactor.loop.StreamConnection;
import bowline.simulation.net.StreamSocket;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A connection over a simulated socket.
abstract class SimulatedConnection extends StreamConnection implements Handler {
    /// How much of a file is sent at once.
    private static final int FILE_PIECE_BYTES = 65_536;

    private final SimulatedReactor reactor;
    private final StreamSocket socket;
    private boolean reading;
    private boolean writing;

    SimulatedConnection(SimulatedReactor reactor, StreamSocket socket, TransportLimits limits) {
        super(reactor, socket.local(), socket.remote(), limits);
        this.reactor = reactor;
        this.socket = socket;
    }

    /// A connection on `socket`, which counts among those of the reactor from now on.
    static SimulatedConnection on(SimulatedReactor reactor, StreamSocket socket, TransportLimits limits) {
        SimulatedConnection connection = socket.remote() instanceof UnixDomainSocketAddress
                ? new SimulatedUnixConnection(reactor, socket, limits)
                : new SimulatedTcpConnection(reactor, socket, limits);
        reactor.add(connection);
        socket.watch(() -> reactor.changed(connection));
        return connection;
    }

    @Override
    public final boolean isReady() {
        return (reading && socket.canRead()) || (writing && socket.canWrite());
    }

    @Override
    public final void ready() {
        if (reading && socket.canRead()) {
            readReady();
        }
        if (writing && socket.canWrite()) {
            writeReady();
        }
    }

    @Override
    protected final int receive(ByteBuffer into) throws IOException {
        return socket.read(into);
    }

    @Override
    protected final int send(ByteBuffer bytes) throws IOException {
        return socket.write(bytes);
    }

    @Override
    protected final long send(ByteBuffer[] pieces, int first, int count) throws IOException {
        long sent = 0;
        for (int i = first; i < first + count; i++) {
            sent += socket.write(pieces[i]);
            if (pieces[i].hasRemaining()) {
                break;
            }
        }
        return sent;
    }

    @Override
    protected final long transfer(FileChannel file, long position, long count) throws IOException {
        var piece = ByteBuffer.allocate((int) Math.min(count, FILE_PIECE_BYTES));
        return file.read(piece, position) <= 0 ? 0 : socket.write(piece.flip());
    }

    @Override
    protected final void watch(boolean wantsRead, boolean wantsWrite) {
        if (reading != wantsRead || writing != wantsWrite) {
            reading = wantsRead;
            writing = wantsWrite;
            reactor.changed(this);
        }
    }

    @Override
    protected final void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    protected final void close(boolean reset) {
        reactor.remove(this);
        socket.close(reset);
    }
}
