package bowline.supervise;

import java.nio.ByteBuffer;
import java.time.Duration;

/// Sends back whatever comes (RFC 862). It reads only as fast as the peer takes what it has sent.
final class EchoProtocol extends SmallProtocol {
    private boolean producing;

    EchoProtocol(Duration idleTimeout) {
        super(idleTimeout);
    }

    @Override
    public void connectionMade() {
        super.connectionMade();
        producing = true;
        transport().registerProducer(transport());
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        touch();
        transport().write(unread);
    }

    @Override
    void end() {
        if (producing) {
            producing = false;
            transport().unregisterProducer();
        }
        transport().loseConnection();
    }

    @Override
    public String logPrefix() {
        return "Echo";
    }
}
