package bowline.policy;

import bowline.reactor.Reactor;
import bowline.reactor.contract.ProducerContract;

/// POL-1: the rules of transports hold above a layer that holds bytes back.
class ShapedProducerTest extends ProducerContract {

    @Override
    protected Reactor newReactor() {
        return LayeredReactor.of(factory -> new FastFactory<>(factory, 100_000));
    }
}
