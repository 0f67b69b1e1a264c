package bowline.reactor.nio;

import bowline.reactor.Reactor;
import bowline.reactor.contract.DescriptorContract;

class NioDescriptorTest extends DescriptorContract {

    @Override
    protected Reactor newReactor() {
        return new NioReactor();
    }
}
