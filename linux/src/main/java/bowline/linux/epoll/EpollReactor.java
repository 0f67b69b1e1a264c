package bowline.linux.epoll;

import bowline.linux.reactor.LinuxReactor;
import bowline.linux.socket.DescriptorHandler;
import bowline.linux.socket.Poller;
import bowline.reactor.ReactorHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A reactor that waits in [Epoll].
final class EpollReactor extends LinuxReactor {
    private final Epoll epoll;
    private final Cleaner.Cleanable closing;
    private final Epoll.Dispatch dispatch = this::dispatch;

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
        epoll.end();
        closing.clean();
    }
}
