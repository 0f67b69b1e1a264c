package bowline.tls;

import bowline.reactor.Reactor;
import bowline.reactor.contract.UnreadContract;
import org.junit.jupiter.api.extension.ExtendWith;

/// TLS-1: the rules of transports hold above TLS.
@ExtendWith(LayeredByTls.class)
class TlsUnreadTest extends UnreadContract {

    @Override
    protected Reactor newReactor() {
        return LayeredByTls.reactor();
    }
}
