package bowline.tls.engine;

import bowline.tls.engine.TlsProvider.ClientContext;
import bowline.tls.engine.TlsProvider.ServerContext;

/// Whom the contract of engines is about. Its parts stand on each other; [TlsEngineContract] is the whole.
abstract class TlsContract {

    /// Whom sessions are kept for.
    static final String PEER = "server.test:443";

    /// Whose clients are tested.
    protected abstract TlsProvider clients();

    /// Whose servers are tested.
    protected abstract TlsProvider servers();

    final ClientContext client(SettingsForTests settings) throws Exception {
        return clients().client(settings.client());
    }

    final ServerContext server(SettingsForTests settings) throws Exception {
        return servers().server(settings.server());
    }

    final TlsPair pair(SettingsForTests settings) throws Exception {
        return pair(client(settings), server(settings));
    }

    static TlsPair pair(ClientContext client, ServerContext server) {
        return TlsPair.of(client.engine("server.test", PEER), server.engine());
    }

    static SettingsForTests only(TlsVersion version) {
        return new SettingsForTests().versions(version, version);
    }
}
