package bowline.linux.socket;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.FileDescriptorOverrun;
import bowline.protocol.FileDescriptorReceiver;
import bowline.protocol.PeerCredentials;
import bowline.protocol.TransportLimits;
import bowline.protocol.UnixTransport;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A connection over a UNIX socket, which passes descriptors both ways (UNX-9).
final class SocketUnixConnection extends SocketConnection implements UnixTransport {
    private static final Logger log = Logger.of(Reactor.class);

    /// So many that wait are as good as a full buffer.
    private static final int PASSED_HIGH_WATER = 64;

    /// Copies of what is to be passed, our own; null while there was none.
    private @Nullable Queue<Integer> toPass;

    SocketUnixConnection(
            DescriptorReactor reactor,
            int descriptor,
            SocketAddress local,
            SocketAddress remote,
            TransportLimits limits) {
        super(reactor, descriptor, local, remote, limits);
    }

    /// There is no reset to ask for: the peer sees a broken connection if it left bytes unread here, else the end.
    @Override
    void armReset() {}

    @Override
    public PeerCredentials peerCredentials() {
        if (!connected()) {
            throw new IllegalStateException("the connection has ended, and who was its peer is known no more");
        }
        try {
            return sockets().peerCredentials(descriptor);
        } catch (IOException gone) {
            throw new IllegalStateException("the system does not tell who the peer is", gone);
        }
    }

    // Sending

    @Override
    public void sendFileDescriptor(int passed) {
        reactor.check("UnixTransport.sendFileDescriptor");
        if (!connected()) {
            return;
        }
        if (toPass == null) {
            toPass = new ArrayDeque<>();
        }
        try {
            toPass.add(sockets().duplicate(passed));
        } catch (IOException refused) {
            throw new IllegalArgumentException("descriptor " + passed + " cannot be passed; is it open?", refused);
        }
        if (toPass.size() > PASSED_HIGH_WATER) {
            pauseProducer();
        }
    }

    private boolean passes() {
        return toPass != null && !toPass.isEmpty();
    }

    @Override
    protected int send(ByteBuffer bytes) throws IOException {
        int sent = 0;
        while (passes() && bytes.hasRemaining()) {
            if (!passNext(bytes)) {
                return sent;
            }
            sent++;
        }
        return bytes.hasRemaining() ? sent + super.send(bytes) : sent;
    }

    @Override
    protected boolean post(ByteBuffer bytes) throws IOException {
        return !passes() && super.post(bytes);
    }

    @Override
    protected long send(ByteBuffer[] pieces, int first, int count) throws IOException {
        return passes() ? send(pieces[first]) : super.send(pieces, first, count);
    }

    @Override
    protected long transfer(FileChannel file, long position, long count) throws IOException {
        if (!passes()) {
            return super.transfer(file, position, count);
        }
        ByteBuffer one = ByteBuffer.allocate(1);
        return file.read(one, position) == 1 && passNext(one.flip()) ? 1 : 0;
    }

    /// With one byte goes one descriptor.
    private boolean passNext(ByteBuffer bytes) throws IOException {
        Queue<Integer> waiting = toPass;
        if (waiting == null || !sockets().sendWithDescriptor(descriptor, bytes, waiting.element())) {
            return false;
        }
        sockets().close(waiting.remove());
        return true;
    }

    @Override
    protected @Nullable Failure leftBehind() {
        return toPass == null || toPass.isEmpty() ? null : Failure.of(new FileDescriptorOverrun(toPass.size()));
    }

    // Receiving

    /// Descriptors come with a system call of their own, so the backend is only asked when to make it.
    @Override
    protected void watch(int before, int wanted) throws IOException {
        reactor.poller().watch(descriptor, before, wanted);
    }

    @Override
    protected int receive(ByteBuffer into) throws IOException {
        return sockets().receiveWithDescriptors(descriptor, into, this::received);
    }

    private void received(int passed) {
        if (theProtocol() instanceof FileDescriptorReceiver receiver) {
            receiver.fileDescriptorReceived(passed);
        } else {
            sockets().close(passed);
            log.info(
                    "{protocol} does not take the file descriptor that {peer} passed, so it is closed",
                    theProtocol().logPrefix(),
                    peer());
        }
    }

    // The end

    @Override
    void released() {
        Queue<Integer> waiting = toPass;
        toPass = null;
        if (waiting != null) {
            waiting.forEach(sockets()::close);
        }
    }
}
