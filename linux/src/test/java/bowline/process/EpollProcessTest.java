package bowline.process;

class EpollProcessTest extends SpawnedProcessContract {

    @Override
    String backend() {
        return "epoll";
    }
}
