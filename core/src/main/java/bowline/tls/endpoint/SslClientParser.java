package bowline.tls.endpoint;

import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ClientEndpointParser;
import bowline.endpoint.EndpointArguments;
import bowline.endpoint.EndpointString;
import bowline.reactor.Reactor;
import bowline.tls.Tls;
import bowline.tls.TlsClientOptions;
import bowline.tls.certificate.Purpose;
import bowline.tls.certificate.TlsIdentity;

/// Reads Twisted's `ssl:` for clients (END-9): `ssl:example.com:443`, with `timeout=`, `bindAddress=`, `hostname=`,
/// `certKey=` and `privateKey=` (who we are) and `caCertsDir=` (whom to believe). `tls:` can do more.
///
/// Twisted verifies nothing unless there is a `hostname=`. Here the server is always verified (TLS-1 of the security
/// rules): without a `hostname=`, it has to be the host.
public final class SslClientParser implements ClientEndpointParser {

    /// For `ServiceLoader`.
    public SslClientParser() {}

    @Override
    public String type() {
        return "ssl";
    }

    @Override
    public ClientEndpoint parse(EndpointString description, Reactor reactor) {
        var arguments = EndpointArguments.of(
                description,
                "host",
                "port",
                "timeout",
                "bindAddress",
                "hostname",
                "certKey",
                "privateKey",
                "caCertsDir");
        ClientEndpoint inner = InnerTcp.of(arguments, reactor);
        return Tls.wrapClient(inner, options(new TlsWords(arguments), reactor));
    }

    private static TlsClientOptions options(TlsWords words, Reactor reactor) {
        EndpointArguments arguments = words.arguments();
        String given = arguments.text("hostname", "");
        String host = given.isEmpty() ? arguments.text("host") : given;
        TlsClientOptions.Builder builder = words.built(() -> TlsClientOptions.forHost(host));
        String roots = arguments.textOrNull("caCertsDir");
        if (roots != null) {
            builder.trust(words.roots("caCertsDir", roots));
        }
        TlsIdentity ours = words.identity("certKey", "privateKey", Purpose.CLIENT, reactor::now);
        if (ours != null) {
            builder.identity(ours);
        }
        return words.built(builder::build);
    }
}
