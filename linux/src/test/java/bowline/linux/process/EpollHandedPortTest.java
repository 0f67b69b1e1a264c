package bowline.linux.process;

import bowline.reactor.Reactor;

class EpollHandedPortTest extends HandedPortContract {

    @Override
    protected Reactor newReactor() {
        return Reactor.create("epoll");
    }
}
