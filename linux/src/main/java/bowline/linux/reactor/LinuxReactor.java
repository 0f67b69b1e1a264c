package bowline.linux.reactor;

import bowline.device.DeviceReactor;
import bowline.device.Devices;
import bowline.file.FolderObserver;
import bowline.file.FolderWatcher;
import bowline.file.WatchingReactor;
import bowline.linux.device.OwnDevices;
import bowline.linux.file.Inotify;
import bowline.linux.process.ChildProcesses;
import bowline.linux.process.StandardDescriptors;
import bowline.linux.socket.DescriptorReactor;
import bowline.process.ProcessStarter;
import bowline.process.Spawn;
import bowline.process.StandardPipes;
import bowline.process.StartedProcess;
import bowline.reactor.ReactorHost;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A reactor that owns its descriptors, and hands on what else Linux has by them: children, devices and files.
@SuppressWarnings("this-escape") // parts are given the reactor while it is made, and use it when it runs
public abstract class LinuxReactor extends DescriptorReactor
        implements ProcessStarter, StandardPipes.Provider, DeviceReactor, WatchingReactor {
    private final ChildProcesses processes = new ChildProcesses(this);
    private final StandardPipes standardPipes = new StandardDescriptors(this);
    private final Devices devices = new OwnDevices(this);

    /// @param host runs the callbacks; null for the thread that calls `run()`
    protected LinuxReactor(@Nullable ReactorHost host) {
        super(host);
    }

    @Override
    public final StandardPipes standardPipes() {
        return standardPipes;
    }

    @Override
    public final void check(Spawn spawn) {
        processes.check(spawn);
    }

    @Override
    public final StartedProcess startProcess(Spawn spawn) {
        return processes.startProcess(spawn);
    }

    @Override
    public final Devices devices() {
        return devices;
    }

    @Override
    public final FolderWatcher watchFolders(FolderObserver observer) throws IOException {
        return new Inotify(this, observer);
    }

    /// A backend lets go of what it waits with afterwards.
    @Override
    protected void dispose() {
        super.dispose();
        processes.leave();
    }
}
