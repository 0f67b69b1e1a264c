package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.ProducerContract;
import bowline.reactor.contract.Wire;

class NioUnixProducerTest extends ProducerContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }

    @Override
    protected Wire wire() {
        return new Wire.Unix();
    }
}
