package bowline.bench.udp;

import bowline.bench.server.ServerControl;
import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Reactor;
import bowline.reactor.UdpPort;
import java.nio.ByteBuffer;

/// The UDP echo server of the benchmark, on Bowline: one reactor, one thread.
public final class BowlineUdpEcho {

    private BowlineUdpEcho() {}

    /// Listens on a free port of the loopback and says which.
    ///
    /// @param args the reactor backend
    public static void main(String... args) {
        Reactor reactor = Reactor.create(args[0]);
        UdpPort port = reactor.listenUdp(0, new Echo(), DatagramOptions.DEFAULT.on("127.0.0.1"));
        ServerControl.start(port.port());
        reactor.run();
    }

    private static final class Echo extends DatagramProtocol {
        @Override
        public void datagramReceived(ByteBuffer datagram, Address from) {
            transport().write(datagram, from);
        }
    }
}
