package bowline.linux.device;

import bowline.reactor.Reactor;

class UringSerialTest extends SerialContract {

    @Override
    protected Reactor newReactor() {
        return Reactor.create("uring");
    }
}
