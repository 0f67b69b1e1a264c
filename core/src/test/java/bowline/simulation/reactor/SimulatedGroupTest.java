package bowline.simulation.reactor;

import bowline.reactor.ReactorProvider;
import bowline.reactor.SharingOptions;
import bowline.reactor.contract.GroupContract;

class SimulatedGroupTest extends GroupContract {
    private final ReactorProvider backend = LoneHost.backend();

    @Override
    protected ReactorProvider provider() {
        return backend;
    }

    @Override
    protected SharingOptions sharing() {
        return SharingOptions.DEFAULT;
    }
}
