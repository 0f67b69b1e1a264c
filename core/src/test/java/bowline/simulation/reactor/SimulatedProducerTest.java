package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.contract.ProducerContract;

class SimulatedProducerTest extends ProducerContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }
}
