package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.contract.MulticastContract;

class SimulatedMulticastTest extends MulticastContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }

    @Override
    protected String card(Network network) {
        return "eth0";
    }

    /// Of the one host that there is.
    @Override
    protected String address(Network network) {
        return network == Network.IPV4 ? "10.0.0.1" : "fd00:0:0:0:0:0:0:1";
    }
}
