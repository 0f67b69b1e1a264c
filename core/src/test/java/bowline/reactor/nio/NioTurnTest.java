package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.TurnContract;

class NioTurnTest extends TurnContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }
}
