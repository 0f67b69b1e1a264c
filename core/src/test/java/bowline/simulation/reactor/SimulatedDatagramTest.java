package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.contract.DatagramContract;

class SimulatedDatagramTest extends DatagramContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }
}
