package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.contract.StreamContract;
import bowline.reactor.contract.Wire;

class SimulatedUnixStreamTest extends StreamContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }

    @Override
    protected Wire wire() {
        return new Wire.Unix();
    }
}
