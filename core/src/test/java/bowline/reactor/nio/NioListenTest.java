package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.ListenContract;

class NioListenTest extends ListenContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }
}
