package bowline.linux.epoll;

import bowline.linux.socket.BackendContract;
import bowline.reactor.Reactor;

/// The contract of all reactors, kept by the one on epoll.
class EpollContractTest extends BackendContract {

    @Override
    protected Reactor backend() {
        return new EpollReactor(null);
    }
}
