package bowline.forward;

import bowline.protocol.RelayedProtocol;

/// The connection to the target. Not read until it is joined to its client.
final class ForwardTarget extends RelayedProtocol {

    @Override
    public void connectionMade() {
        transport().pauseProducing();
    }

    @Override
    public String logPrefix() {
        return "PortForward";
    }
}
