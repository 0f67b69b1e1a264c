package bowline.process;

/// With scripted children.
class SimulatedProcessesTest extends ProcessesContract {

    @Override
    LiveLoop newLoop() {
        return PlayedPrograms.loop();
    }
}
