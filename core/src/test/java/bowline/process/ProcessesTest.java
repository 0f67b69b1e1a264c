package bowline.process;

import bowline.reactor.Reactor;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// With real children.
@DisabledOnOs(OS.WINDOWS)
class ProcessesTest extends ProcessesContract {

    @Override
    LiveLoop newLoop() {
        return new LiveLoop(Reactor.create("nio"));
    }
}
