package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.StreamContract;
import bowline.reactor.contract.Wire;

class NioUnixStreamTest extends StreamContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }

    @Override
    protected Wire wire() {
        return new Wire.Unix();
    }
}
