package bowline.linux.uring;

import bowline.failure.Failure;
import bowline.linux.reactor.LinuxReactor;
import bowline.linux.socket.DescriptorHandler;
import bowline.linux.socket.Poller;
import bowline.linux.socket.SocketConnection;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/// A reactor that waits in a [Ring]. It runs on one thread for life: the first that runs it.
final class UringReactor extends LinuxReactor {
    private static final Logger log = Logger.of(Reactor.class);

    private final Uring uring;
    private final Receiving receiving;
    private final Accepting accepting;

    UringReactor() {
        this(RingSetup.DEFAULT);
    }

    UringReactor(RingSetup setup) {
        super(null);
        try {
            uring = new Uring(this, setup, system(), sockets());
        } catch (IOException impossible) {
            throw new UncheckedIOException(
                    "cannot set up io_uring: " + Failure.of(impossible).message(), impossible);
        }
        receiving = uring.receiving();
        accepting = uring.accepting();
    }

    @Override
    public Poller poller() {
        return uring;
    }

    @Override
    protected List<DescriptorHandler> handlers() {
        return uring.handlers();
    }

    @Override
    protected void poll(long waitNanos) throws IOException {
        uring.turn(waitNanos);
        waited();
    }

    @Override
    protected void wake() {
        uring.wake();
    }

    @Override
    protected void dispose() {
        super.dispose();
        uring.close();
    }

    Receiving receiving() {
        return receiving;
    }

    void ready(DescriptorHandler handler, int events) {
        dispatch(handler, events);
    }

    /// Calls `step` at the end of the next turn, which does not wait.
    void nextTurn(Runnable step) {
        soon(() -> soon(step));
    }

    /// Does something in the ring that can hardly fail; if it does, that is for the log.
    void guard(Uring.Posting step) {
        try {
            step.run();
        } catch (IOException broken) {
            log.failure("io_uring does not take what is asked of it", Failure.of(broken));
        }
    }

    @Override
    protected void watchStream(int descriptor, int before, int wanted) throws IOException {
        receiving.watch(descriptor, wanted);
    }

    @Override
    protected int receive(int descriptor, ByteBuffer into) throws IOException {
        return receiving.receive(descriptor, into);
    }

    @Override
    protected boolean post(SocketConnection sender, int descriptor, ByteBuffer bytes) throws IOException {
        return uring.post(sender, descriptor, bytes);
    }

    @Override
    protected boolean settle() throws IOException {
        return uring.settleNow();
    }

    @Override
    protected void unpost() {
        guard(uring::submit);
    }

    @Override
    protected void watchPort(int descriptor, boolean before, boolean wanted) throws IOException {
        accepting.watch(descriptor, wanted);
    }

    @Override
    protected void leavePort(int descriptor, boolean watched) throws IOException {
        accepting.leave(descriptor);
    }

    /// The ring tells no addresses. Who has gone already has none, and is passed over: else a few who do
    /// nothing but that could make accepting rest (LIS-7).
    @Override
    protected int accept(int descriptor) throws IOException {
        int accepted = accepting.accept(descriptor);
        while (accepted >= 0 && sockets().peer(accepted) == null) {
            sockets().close(accepted);
            accepted = accepting.accept(descriptor);
        }
        return accepted;
    }

    @Override
    public void close(int descriptor) {
        uring.close(descriptor);
    }
}
