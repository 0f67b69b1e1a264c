package bowline.socks;

import bowline.log.Logger;
import bowline.protocol.Transport;
import bowline.time.DelayedCall;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Carries the client's datagrams for as long as its connection is there (RFC 1928 §7), which it ends when nothing has
/// passed for too long. The connection has nothing more to say but its end.
final class DatagramCarriage implements Carriage {
    private static final Logger log = Logger.of(DatagramCarriage.class);

    private final Transport client;
    private final UdpCarrier carrier;
    private final Duration idle;
    private @Nullable DelayedCall watch;

    DatagramCarriage(Transport client, UdpCarrier carrier, Duration idle) {
        this.client = client;
        this.carrier = carrier;
        this.idle = idle;
        watch();
    }

    private void watch() {
        long restNanos = idle.toNanos() - (client.clock().nanos() - carrier.lastNanos());
        if (restNanos <= 0) {
            client.loseConnection();
        } else {
            watch = client.clock().callLater(Duration.ofNanos(restNanos), this::watch);
        }
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        unread.position(unread.limit());
    }

    @Override
    public void readConnectionLost() {
        client.loseConnection();
    }

    @Override
    public void end(String request) {
        if (watch != null) {
            watch.cancelIfActive();
        }
        carrier.close();
        log.info(
                "{request} ended: {sent} datagrams sent, {received} received",
                request,
                carrier.sent(),
                carrier.received());
    }
}
