package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.contract.ProducerContract;
import bowline.reactor.contract.Wire;

class SimulatedUnixProducerTest extends ProducerContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }

    @Override
    protected Wire wire() {
        return new Wire.Unix();
    }
}
