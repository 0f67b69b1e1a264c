package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.contract.UnixContract;

class SimulatedUnixTest extends UnixContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }
}
