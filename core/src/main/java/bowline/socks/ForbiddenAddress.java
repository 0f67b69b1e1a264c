package bowline.socks;

import bowline.protocol.ConnectError;

/// The rules for addresses forbid the connection (K1).
final class ForbiddenAddress extends ConnectError {
    private static final long serialVersionUID = 1;

    ForbiddenAddress(String message) {
        super(message);
    }
}
