package bowline.tls;

import bowline.reactor.Reactor;
import bowline.reactor.contract.TcpContract;
import org.junit.jupiter.api.extension.ExtendWith;

/// TLS-1: the rules of transports hold above TLS.
@ExtendWith(LayeredByTls.class)
class TlsTcpTest extends TcpContract {

    @Override
    protected Reactor newReactor() {
        return LayeredByTls.reactor();
    }
}
