package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.StreamListenContract;
import bowline.reactor.contract.Wire;

class NioUnixListenTest extends StreamListenContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }

    @Override
    protected Wire wire() {
        return new Wire.Unix();
    }
}
