package bowline.process;

/// With scripted children.
class SimulatedProcessEndpointTest extends ProcessEndpointContract {

    @Override
    LiveLoop newLoop() {
        return PlayedPrograms.loop();
    }
}
