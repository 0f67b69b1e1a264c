package bowline.policy;

import bowline.reactor.Reactor;
import bowline.reactor.contract.UnreadContract;

/// POL-1: the rules of transports hold above a layer that changes nothing.
class WrappedUnreadTest extends UnreadContract {

    @Override
    protected Reactor newReactor() {
        return LayeredReactor.of(PlainFactory::new);
    }
}
