package bowline.linux.process;

import bowline.failure.Failure;
import bowline.linux.socket.DescriptorHandler;
import bowline.linux.socket.DescriptorReactor;
import bowline.linux.socket.Poller;
import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.log.Logger;
import bowline.process.PipeInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Our end of a pipe, or of a terminal, that a child writes.
final class ReadingPipe implements PipeInput, DescriptorHandler {
    private static final Logger log = Logger.of(ChildProcesses.class);

    /// Most bytes read at once.
    static final int READ_MAX_BYTES = 65_536;

    private final DescriptorReactor reactor;
    private final int descriptor;
    private final ByteBuffer buffer;
    private @Nullable Taker taker;
    private int watched;
    private boolean closed;

    /// @param buffer a direct one of [#READ_MAX_BYTES], for the time of a read
    ReadingPipe(DescriptorReactor reactor, int descriptor, ByteBuffer buffer) {
        this.reactor = reactor;
        this.descriptor = descriptor;
        this.buffer = buffer;
        reactor.poller().own(descriptor, this);
    }

    @Override
    public void start(Taker itsTaker) {
        taker = itsTaker;
        watch(Poller.IN);
    }

    private void watch(int wanted) {
        if (closed) {
            return;
        }
        try {
            reactor.poller().watch(descriptor, watched, wanted);
            watched = wanted;
        } catch (IOException refused) {
            log.failure("a pipe of a child cannot be watched", Failure.of(refused));
            end();
        }
    }

    @Override
    public void ready(int events) {
        long count = reactor.system().read(descriptor, Memory.addressOf(buffer.clear()), READ_MAX_BYTES);
        if (count > 0 && taker != null) {
            watch(0); // until it is taken
            byte[] piece = new byte[(int) count];
            buffer.get(0, piece);
            taker.arrived(ByteBuffer.wrap(piece));
        } else if (!isTooEarly(count)) {
            end(); // a terminal that nobody has open any more says that by a failure
        }
    }

    private static boolean isTooEarly(long result) {
        return Errno.EAGAIN.is(result);
    }

    @Override
    public void taken() {
        watch(Poller.IN);
    }

    private void end() {
        if (!closed) {
            close();
            if (taker != null) {
                taker.ended();
            }
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            reactor.close(descriptor);
        }
    }

    @Override
    public void disconnected(Failure reason) {
        close();
    }
}
