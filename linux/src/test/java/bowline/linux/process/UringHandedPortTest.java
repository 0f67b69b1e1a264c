package bowline.linux.process;

import bowline.reactor.Reactor;

class UringHandedPortTest extends HandedPortContract {

    @Override
    protected Reactor newReactor() {
        return Reactor.create("uring");
    }
}
