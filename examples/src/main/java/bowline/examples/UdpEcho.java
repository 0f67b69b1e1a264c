package bowline.examples;

import bowline.log.Log;
import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import bowline.reactor.Reactor;
import java.nio.ByteBuffer;

/// The smallest UDP server: each datagram goes back to whoever sent it. It never answers with more than it got, for
/// the sender's address may be forged.
///
///     ./bowline example udp-echo [PORT]
///     ./bowline example udp-ask 127.0.0.1 8000 hello
public final class UdpEcho {

    private UdpEcho() {}

    /// Serves until Ctrl-C.
    public static void main(String... args) {
        Log.startLogging(System.out);
        Reactor reactor = Reactor.create();
        reactor.listenUdp(Numbers.port(args, 0, 8000), new Echo());
        reactor.run();
    }

    private static final class Echo extends DatagramProtocol {
        @Override
        public void datagramReceived(ByteBuffer datagram, Address from) {
            transport().write(datagram, from);
        }
    }
}
