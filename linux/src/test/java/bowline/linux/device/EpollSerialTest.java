package bowline.linux.device;

import bowline.reactor.Reactor;

class EpollSerialTest extends SerialContract {

    @Override
    protected Reactor newReactor() {
        return Reactor.create("epoll");
    }
}
