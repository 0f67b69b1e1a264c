package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.contract.ConnectContract;

class SimulatedConnectTest extends ConnectContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }
}
