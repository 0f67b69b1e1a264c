package bowline.linux.uring;

import bowline.linux.socket.DescriptorProvider;
import bowline.linux.system.SystemCalls;
import bowline.reactor.Reactor;
import java.io.IOException;

/// Offers the reactor on io_uring under the name `uring`: preferred to all others where the kernel allows it.
public final class UringProvider extends DescriptorProvider {
    private static final int PREFERENCE = 20;

    /// For the service loader.
    public UringProvider() {}

    @Override
    public String name() {
        return "uring";
    }

    @Override
    public int preference() {
        return PREFERENCE;
    }

    /// Sets up a ring with all that a reactor needs. Its flags need Linux 6.0, which has all operations that
    /// are used; why it is refused, tells [RingRefusal].
    @Override
    protected void attempt(SystemCalls system) throws IOException {
        var ring = new Ring(system, RingSetup.DEFAULT);
        try {
            new ReceiveBuffers(system, ring.descriptor(), RingSetup.DEFAULT.buffers()).close();
        } finally {
            ring.close();
        }
    }

    @Override
    public Reactor create() {
        return new UringReactor();
    }
}
