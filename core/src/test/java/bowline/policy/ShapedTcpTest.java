package bowline.policy;

import bowline.reactor.Reactor;
import bowline.reactor.contract.TcpContract;

/// POL-1: the rules of transports hold above a layer that holds bytes back.
class ShapedTcpTest extends TcpContract {

    @Override
    protected Reactor newReactor() {
        return LayeredReactor.of(factory -> new FastFactory<>(factory, ShapingOptions.OUTBOUND_MAX_BYTES));
    }
}
