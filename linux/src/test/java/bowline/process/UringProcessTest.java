package bowline.process;

class UringProcessTest extends SpawnedProcessContract {

    @Override
    String backend() {
        return "uring";
    }
}
