package bowline.openssl;

import bowline.tls.engine.TlsEngineContract;
import bowline.tls.engine.TlsProvider;

/// Clients of the JDK, servers of OpenSSL.
class OpensslServerContractTest extends TlsEngineContract {

    @Override
    protected TlsProvider clients() {
        return Openssl.jdk();
    }

    @Override
    protected TlsProvider servers() {
        return Openssl.provider();
    }
}
