package bowline.policy;

import bowline.reactor.Reactor;
import bowline.reactor.contract.ProducerContract;

/// POL-1: the rules of transports hold above a layer that changes nothing.
class WrappedProducerTest extends ProducerContract {

    @Override
    protected Reactor newReactor() {
        return LayeredReactor.of(PlainFactory::new);
    }
}
