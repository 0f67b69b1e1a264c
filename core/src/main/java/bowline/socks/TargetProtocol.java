package bowline.socks;

import bowline.failure.Failure;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.protocol.Relay;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The server's connection to what a client asked for. Until it is joined to the client's it leaves everything unread.
final class TargetProtocol extends Protocol implements HalfCloseable {
    private final Consumer<TargetProtocol> whenMade;
    private Relay.@Nullable Side side;
    private boolean ended;

    TargetProtocol(Consumer<TargetProtocol> whenMade) {
        this.whenMade = whenMade;
    }

    @Override
    public void connectionMade() {
        whenMade.accept(this);
    }

    void join(Relay.Side itsSide) {
        side = itsSide;
        if (ended) {
            itsSide.readConnectionLost();
        }
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        if (side != null) {
            side.dataReceived(unread);
        }
    }

    @Override
    public void readConnectionLost() {
        ended = true;
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
        return "SocksTarget";
    }
}
