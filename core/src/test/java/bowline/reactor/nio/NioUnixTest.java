package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.UnixContract;

class NioUnixTest extends UnixContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }
}
