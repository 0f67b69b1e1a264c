package bowline.endpoint;

import bowline.defer.CancelledError;
import bowline.protocol.Address;

/// The program gave up connecting (END-3, HEY-6).
public class ConnectingCancelledError extends CancelledError {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // addresses are records of text and numbers; nobody serialises this
    private final Address address;

    /// With where it wanted to go.
    public ConnectingCancelledError(Address address) {
        super("connecting to " + address + " was cancelled");
        this.address = address;
    }

    /// Where it wanted to go.
    public Address address() {
        return address;
    }
}
