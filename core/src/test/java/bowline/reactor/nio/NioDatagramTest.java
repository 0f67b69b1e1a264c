package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.DatagramContract;

class NioDatagramTest extends DatagramContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }
}
