package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.ConnectContract;

class NioConnectTest extends ConnectContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }
}
