package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.ProducerContract;

class NioProducerTest extends ProducerContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }
}
