package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.TcpContract;

class NioTcpTest extends TcpContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }
}
