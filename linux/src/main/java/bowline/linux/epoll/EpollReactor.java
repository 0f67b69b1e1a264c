package bowline.linux.epoll;

import bowline.device.DeviceReactor;
import bowline.device.Devices;
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
import bowline.process.ProcessStarter;
import bowline.process.Spawn;
import bowline.process.StandardPipes;
import bowline.process.StartedProcess;
import bowline.reactor.ReactorHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A reactor that waits in [Epoll].
final class EpollReactor extends DescriptorReactor
        implements ProcessStarter, StandardPipes.Provider, DeviceReactor, WatchingReactor {
    private final Epoll epoll;
    private final Cleaner.Cleanable closing;
    private final Epoll.Dispatch dispatch = this::dispatch;
    private final ChildProcesses processes = new ChildProcesses(this);
    private final StandardPipes standardPipes = new StandardDescriptors(this);
    private final Devices devices = new OwnDevices(this);

    /// @param host runs the callbacks; null for the thread that calls `run()`
    EpollReactor(@Nullable ReactorHost host) {
        super(host);
        try {
            epoll = new Epoll(system());
            closing = freedInTheEnd(epoll.closing());
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot wait by epoll; is the limit of open files reached?", impossible);
        }
    }

    @Override
    public Poller poller() {
        return epoll;
    }

    @Override
    protected List<DescriptorHandler> handlers() {
        return epoll.handlers();
    }

    @Override
    protected void poll(long waitNanos) throws IOException {
        epoll.wait(waitNanos, dispatch);
        waited();
    }

    @Override
    protected void await(long waitNanos) throws IOException {
        epoll.waitBeside(waitNanos);
    }

    @Override
    protected void wake() {
        epoll.wake();
    }

    @Override
    protected void dispose() {
        super.dispose();
        processes.leave();
        closing.clean();
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
