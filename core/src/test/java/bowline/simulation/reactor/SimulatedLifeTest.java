package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.contract.LifeContract;

class SimulatedLifeTest extends LifeContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }
}
