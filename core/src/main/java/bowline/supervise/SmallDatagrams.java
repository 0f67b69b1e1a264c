package bowline.supervise;

import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import java.nio.ByteBuffer;

/// The small services on a UDP port: one datagram is answered with one.
final class SmallDatagrams extends DatagramProtocol {
    /// Below are the ports of services, which might answer our answer.
    private static final int FIRST_CLIENT_PORT = 1024;

    private static final int CHARGEN_MAX = 512;
    private static final Logger log = Logger.of(SmallService.class);

    private final SmallService service;

    SmallDatagrams(SmallService service) {
        this.service = service;
    }

    @Override
    public void datagramReceived(ByteBuffer datagram, Address from) {
        if (service == SmallService.DISCARD) {
            return;
        }
        if (port(from) < FIRST_CLIENT_PORT) {
            // Quietly: whoever sends such datagrams would else fill the log.
            log.debug(
                    "{peer} is not answered: below {port} live services, which might answer back",
                    from,
                    FIRST_CLIENT_PORT);
            return;
        }
        transport().write(answer(datagram), from);
    }

    private static int port(Address from) {
        return switch (from) {
            case Address.IPv4 v4 -> v4.port();
            case Address.IPv6 v6 -> v6.port();
            default -> 0;
        };
    }

    private ByteBuffer answer(ByteBuffer datagram) {
        return switch (service) {
            case ECHO, DISCARD -> datagram;
            case CHARGEN -> ByteBuffer.wrap(ChargenProtocol.beginning(Math.min(datagram.remaining(), CHARGEN_MAX)));
            case DAYTIME -> ByteBuffer.wrap(Moment.daytime(transport().clock().now()));
            case TIME -> ByteBuffer.wrap(Moment.time(transport().clock().now()));
        };
    }

    @Override
    public String logPrefix() {
        return service.serviceName();
    }
}
