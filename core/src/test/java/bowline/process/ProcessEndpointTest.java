package bowline.process;

import bowline.reactor.Reactor;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// With real children.
@DisabledOnOs(OS.WINDOWS)
class ProcessEndpointTest extends ProcessEndpointContract {

    @Override
    LiveLoop newLoop() {
        return new LiveLoop(Reactor.create("nio"));
    }
}
