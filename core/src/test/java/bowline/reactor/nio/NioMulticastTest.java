package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.MulticastContract;

class NioMulticastTest extends MulticastContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }
}
