package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.contract.StreamListenContract;
import bowline.reactor.contract.Wire;

class SimulatedUnixListenTest extends StreamListenContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }

    @Override
    protected Wire wire() {
        return new Wire.Unix();
    }
}
