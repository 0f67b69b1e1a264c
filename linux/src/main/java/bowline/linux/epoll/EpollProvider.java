package bowline.linux.epoll;

import bowline.linux.socket.DescriptorProvider;
import bowline.linux.system.SystemCalls;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorHost;
import java.io.IOException;

/// Offers the reactor on epoll under the name `epoll`: preferred to `nio` where Linux and the JVM allow it.
public final class EpollProvider extends DescriptorProvider {
    private static final int PREFERENCE = 10;

    /// For the service loader.
    public EpollProvider() {}

    @Override
    public String name() {
        return "epoll";
    }

    @Override
    public int preference() {
        return PREFERENCE;
    }

    @Override
    protected void attempt(SystemCalls system) throws IOException {
        new Epoll(system).closing().run();
    }

    @Override
    public Reactor create() {
        return new EpollReactor(null);
    }

    @Override
    public Reactor hosted(ReactorHost host) {
        return new EpollReactor(host);
    }
}
