package bowline.socks;

import bowline.log.Logger;
import bowline.protocol.Relay;
import java.nio.ByteBuffer;

/// Carries bytes between the client, the relay's first side, and its target.
record RelayCarriage(Relay relay) implements Carriage {
    private static final Logger log = Logger.of(RelayCarriage.class);

    @Override
    public void dataReceived(ByteBuffer unread) {
        relay.first().dataReceived(unread);
    }

    @Override
    public void readConnectionLost() {
        relay.first().readConnectionLost();
    }

    @Override
    public void end(String request) {
        relay.first().connectionLost();
        log.info(
                "{request} ended: {sent} bytes sent, {received} received",
                request,
                relay.first().receivedBytes(),
                relay.second().receivedBytes());
    }
}
