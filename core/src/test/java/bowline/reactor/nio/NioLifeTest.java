package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.LifeContract;

class NioLifeTest extends LifeContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }
}
