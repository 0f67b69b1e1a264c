package bowline.tls.endpoint;

import bowline.tls.TlsServerOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the endpoints of one description have in common, those of several reactors too: its certificates, and options
/// that are made once, for sessions and counts belong to them. Safe for any thread.
final class StringTlsServer {
    private final ServerCertificates certificates;
    private final TlsServerOptions options;
    private final Map<List<String>, TlsServerOptions> byProtocols = new HashMap<>();

    StringTlsServer(ServerCertificates certificates, TlsServerOptions options) {
        this.certificates = certificates;
        this.options = options;
    }

    ServerCertificates certificates() {
        return certificates;
    }

    /// The options for a factory that knows these protocols; what the description says of protocols goes first.
    synchronized TlsServerOptions options(List<String> protocols) {
        if (protocols.isEmpty() || !options.applicationProtocols().isEmpty()) {
            return options;
        }
        return byProtocols.computeIfAbsent(
                protocols, _ -> options.change().applicationProtocols(protocols).build());
    }
}
