package bowline.linux.uring;

import bowline.linux.socket.BackendGroupContract;
import bowline.reactor.ReactorProvider;

/// The contract of reactor groups (LIS-10), kept by reactors on io_uring.
class UringGroupTest extends BackendGroupContract {

    @Override
    protected ReactorProvider backend() {
        return new UringProvider();
    }
}
