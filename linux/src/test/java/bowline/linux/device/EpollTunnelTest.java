package bowline.linux.device;

class EpollTunnelTest extends TunnelContract {

    @Override
    String backend() {
        return "epoll";
    }
}
