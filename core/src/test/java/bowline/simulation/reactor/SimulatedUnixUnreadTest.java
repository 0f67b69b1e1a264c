package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.contract.UnreadContract;
import bowline.reactor.contract.Wire;

class SimulatedUnixUnreadTest extends UnreadContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }

    @Override
    protected Wire wire() {
        return new Wire.Unix();
    }
}
