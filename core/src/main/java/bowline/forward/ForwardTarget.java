package bowline.forward;

import bowline.failure.Failure;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.protocol.Relay;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The connection to the target. Not read until it is joined to its client.
final class ForwardTarget extends Protocol implements HalfCloseable {
    private Relay.@Nullable Side side;

    @Override
    public void connectionMade() {
        transport().pauseProducing();
    }

    void join(Relay.Side itsSide) {
        side = itsSide;
        transport().resumeProducing();
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        if (side != null) {
            side.dataReceived(unread);
        }
    }

    @Override
    public void readConnectionLost() {
        if (side != null) {
            side.readConnectionLost();
        }
    }

    @Override
    public void writeConnectionLost() {}

    @Override
    public void connectionLost(Failure reason) {
        if (side != null) {
            side.connectionLost();
        }
    }

    @Override
    public String logPrefix() {
        return "PortForward";
    }
}
