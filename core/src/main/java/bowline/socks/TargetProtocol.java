package bowline.socks;

import bowline.protocol.RelayedProtocol;
import java.util.function.Consumer;

/// The server's connection to what a client asked for. Until it is joined to the client's it leaves everything unread.
final class TargetProtocol extends RelayedProtocol {
    private final Consumer<TargetProtocol> whenMade;

    TargetProtocol(Consumer<TargetProtocol> whenMade) {
        this.whenMade = whenMade;
    }

    @Override
    public void connectionMade() {
        whenMade.accept(this);
    }

    @Override
    public String logPrefix() {
        return "SocksTarget";
    }
}
