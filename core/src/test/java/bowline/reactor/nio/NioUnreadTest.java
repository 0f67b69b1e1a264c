package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.UnreadContract;

class NioUnreadTest extends UnreadContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }
}
