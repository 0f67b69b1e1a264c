package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.contract.TurnContract;

class SimulatedTurnTest extends TurnContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }
}
