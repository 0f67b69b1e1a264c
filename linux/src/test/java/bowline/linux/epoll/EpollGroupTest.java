package bowline.linux.epoll;

import bowline.linux.socket.BackendGroupContract;
import bowline.reactor.ReactorProvider;

/// The contract of reactor groups (LIS-10), kept by reactors on epoll.
class EpollGroupTest extends BackendGroupContract {

    @Override
    protected ReactorProvider backend() {
        return new EpollProvider();
    }
}
