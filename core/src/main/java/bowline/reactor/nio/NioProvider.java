package bowline.reactor.nio;

import bowline.protocol.Address;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorHost;
import bowline.reactor.ReactorProvider;
import bowline.reactor.SharedPort;
import bowline.reactor.Sharing;
import bowline.reactor.SharingOptions;
import bowline.reactor.UnixListenOptions;
import bowline.reactor.loop.HandedOutPort;
import bowline.reactor.loop.ReusedPort;

/// Offers the reactor on the JDK's selector under the name `nio`: usable everywhere, preferred nowhere.
public final class NioProvider implements ReactorProvider {

    /// For the service loader.
    public NioProvider() {}

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public String obstacle() {
        return "";
    }

    @Override
    public Reactor create() {
        return new NioReactor();
    }

    @Override
    public Reactor hosted(ReactorHost host) {
        return new NioReactor(host);
    }

    @Override
    public SharedPort share(int port, ListenOptions options, SharingOptions sharing) {
        return sharing.sharing() == Sharing.REUSE_PORT
                ? new ReusedPort(port, options)
                : HandedOutPort.tcp(port, options, sharing);
    }

    @Override
    public SharedPort share(Address.Unix where, UnixListenOptions options, SharingOptions sharing) {
        if (sharing.sharing() == Sharing.REUSE_PORT) {
            throw new UnsupportedOperationException("UNIX sockets, as " + where
                    + " is one, are not shared by SO_REUSEPORT, which is of TCP; share it by hand-off");
        }
        return HandedOutPort.unix(where, options, sharing, false);
    }
}
