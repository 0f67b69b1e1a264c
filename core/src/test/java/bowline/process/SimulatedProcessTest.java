package bowline.process;

/// With scripted children.
class SimulatedProcessTest extends ProcessContract {

    @Override
    LiveLoop newLoop() {
        return PlayedPrograms.loop();
    }
}
