package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.UnreadContract;
import bowline.reactor.contract.Wire;

class NioUnixUnreadTest extends UnreadContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }

    @Override
    protected Wire wire() {
        return new Wire.Unix();
    }
}
