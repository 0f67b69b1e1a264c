package bowline.linux.uring;

import bowline.device.DeviceReactor;
import bowline.device.Devices;
import bowline.failure.Failure;
import bowline.file.FolderObserver;
import bowline.file.FolderWatcher;
import bowline.file.WatchingReactor;
import bowline.linux.device.OwnDevices;
import bowline.linux.file.Inotify;
import bowline.linux.process.ChildProcesses;
import bowline.linux.process.StandardDescriptors;
import bowline.linux.socket.DescriptorHandler;
import bowline.linux.socket.DescriptorReactor;
import bowline.linux.socket.Poller;
import bowline.linux.socket.SocketConnection;
import bowline.log.Logger;
import bowline.process.ProcessStarter;
import bowline.process.Spawn;
import bowline.process.StandardPipes;
import bowline.process.StartedProcess;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/// A reactor that waits in a [Ring]. It runs on one thread for life: the first that runs it.
final class UringReactor extends DescriptorReactor
        implements ProcessStarter, StandardPipes.Provider, DeviceReactor, WatchingReactor {
    private static final Logger log = Logger.of(Reactor.class);

    private final Uring uring;
    private final ChildProcesses processes = new ChildProcesses(this);
    private final StandardPipes standardPipes = new StandardDescriptors(this);
    private final Devices devices = new OwnDevices(this);

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
        processes.leave();
        uring.close();
    }

    Uring uring() {
        return uring;
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
        uring.watchStream(descriptor, wanted);
    }

    @Override
    protected int receive(int descriptor, ByteBuffer into) throws IOException {
        return uring.receive(descriptor, into);
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
        uring.watchPort(descriptor, wanted);
    }

    @Override
    protected void leavePort(int descriptor, boolean watched) throws IOException {
        uring.leavePort(descriptor);
    }

    /// The ring tells no addresses.
    @Override
    protected int accept(int descriptor) throws IOException {
        int accepted = uring.accept(descriptor);
        if (accepted >= 0) {
            try {
                sockets().remoteAddress(accepted);
            } catch (IOException gone) {
                sockets().close(accepted);
                throw gone;
            }
        }
        return accepted;
    }

    @Override
    public void close(int descriptor) {
        uring.close(descriptor);
    }

    @Override
    public StandardPipes standardPipes() {
        return standardPipes;
    }

    @Override
    public void check(Spawn spawn) {
        processes.check(spawn);
    }

    @Override
    public StartedProcess startProcess(Spawn spawn) {
        return processes.startProcess(spawn);
    }

    @Override
    public Devices devices() {
        return devices;
    }

    @Override
    public FolderWatcher watchFolders(FolderObserver observer) throws IOException {
        return new Inotify(this, observer);
    }
}
