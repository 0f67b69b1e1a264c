package bowline.openssl;

import bowline.tls.engine.TlsEngineContract;
import bowline.tls.engine.TlsProvider;

/// Clients of OpenSSL, servers of the JDK.
class OpensslClientContractTest extends TlsEngineContract {

    @Override
    protected TlsProvider clients() {
        return Openssl.provider();
    }

    @Override
    protected TlsProvider servers() {
        return Openssl.jdk();
    }
}
