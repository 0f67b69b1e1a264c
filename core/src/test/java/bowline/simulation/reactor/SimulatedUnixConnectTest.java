package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.contract.StreamConnectContract;
import bowline.reactor.contract.Wire;

class SimulatedUnixConnectTest extends StreamConnectContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }

    @Override
    protected Wire wire() {
        return new Wire.Unix();
    }
}
