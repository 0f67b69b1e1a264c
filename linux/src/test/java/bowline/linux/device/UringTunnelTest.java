package bowline.linux.device;

class UringTunnelTest extends TunnelContract {

    @Override
    String backend() {
        return "uring";
    }
}
