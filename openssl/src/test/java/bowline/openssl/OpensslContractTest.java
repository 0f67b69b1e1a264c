package bowline.openssl;

import bowline.tls.engine.TlsEngineContract;
import bowline.tls.engine.TlsProvider;

/// OpenSSL at both ends.
class OpensslContractTest extends TlsEngineContract {

    @Override
    protected TlsProvider clients() {
        return Openssl.provider();
    }

    @Override
    protected TlsProvider servers() {
        return Openssl.provider();
    }
}
