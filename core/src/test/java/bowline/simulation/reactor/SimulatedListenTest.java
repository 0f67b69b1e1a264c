package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.contract.ListenContract;

class SimulatedListenTest extends ListenContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }
}
