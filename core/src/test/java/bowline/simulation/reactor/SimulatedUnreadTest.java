package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.contract.UnreadContract;

class SimulatedUnreadTest extends UnreadContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }
}
