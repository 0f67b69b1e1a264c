package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.StreamConnectContract;
import bowline.reactor.contract.Wire;

class NioUnixConnectTest extends StreamConnectContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }

    @Override
    protected Wire wire() {
        return new Wire.Unix();
    }
}
