package bowline.policy;

import bowline.reactor.Reactor;
import bowline.reactor.contract.TcpContract;

/// POL-1: the rules of transports hold above a layer that changes nothing.
class WrappedTcpTest extends TcpContract {

    @Override
    protected Reactor newReactor() {
        return LayeredReactor.of(PlainFactory::new);
    }
}
