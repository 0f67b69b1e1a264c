package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.contract.TcpContract;

class SimulatedTcpTest extends TcpContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }
}
