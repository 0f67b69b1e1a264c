package bowline.tls.jsse;

import bowline.tls.engine.TlsEngineContract;
import bowline.tls.engine.TlsProvider;

/// The JDK's TLS with itself.
class JsseEngineTest extends TlsEngineContract {

    @Override
    protected TlsProvider clients() {
        return new JsseProvider();
    }

    @Override
    protected TlsProvider servers() {
        return new JsseProvider();
    }
}
