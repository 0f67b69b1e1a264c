package bowline.tls.endpoint;

import bowline.endpoint.EndpointArguments;
import bowline.endpoint.EndpointString;
import bowline.endpoint.ServerEndpoint;
import bowline.endpoint.ServerEndpointParser;
import bowline.endpoint.TcpServerEndpoint;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.tls.TlsServerOptions;
import bowline.tls.certificate.Purpose;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.TlsVersion;
import bowline.tls.engine.Versions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads Twisted's `ssl:` for servers (END-8): `ssl:443:privateKey=server.pem:certKey=server.pem`, with
/// `interface=` and `backlog=`, and `extraCertChain=FILE` for certificates that stand between ours and the
/// authority's. `tls:` can do more.
///
/// `sslmethod=` names one version, as in `TLSv1_2`, or by `SSLv23` or `TLS` whatever is safe; what is older than TLS
/// 1.2
/// is refused. `dhParameters=` is refused: key agreement is by elliptic curves only (TLS-3 of the security rules), so a
/// description that insists on parameters of its own would not get what it asks for.
public final class SslServerParser implements ServerEndpointParser {

    /// For `ServiceLoader`.
    public SslServerParser() {}

    @Override
    public String type() {
        return "ssl";
    }

    @Override
    public ServerEndpoint parse(EndpointString description, Reactor reactor) {
        var arguments = EndpointArguments.of(
                description,
                "port",
                "privateKey",
                "certKey",
                "sslmethod",
                "interface",
                "backlog",
                "extraCertChain",
                "dhParameters");
        if (arguments.textOrNull("dhParameters") != null) {
            throw arguments.refusal("dhParameters= can mean nothing here: keys are agreed upon by elliptic curves only"
                    + " (X25519 and the NIST curves); leave it out");
        }
        int backlog = arguments.integer("backlog", 1, Integer.MAX_VALUE, ListenOptions.DEFAULT.backlog());
        var inner = new TcpServerEndpoint(
                reactor, arguments.port("port"), new ListenOptions(backlog, arguments.text("interface", "")));
        var words = new TlsWords(arguments);
        ServerCertificates certificates = ServerCertificates.fixed(identity(words, reactor));
        TlsServerOptions options = TlsServerOptions.forSource(certificates.source())
                .versions(versions(arguments))
                .build();
        return new StringTlsEndpoint(inner, new StringTlsServer(certificates, options), true);
    }

    private static TlsIdentity identity(TlsWords words, Reactor reactor) {
        List<Path> files = new ArrayList<>();
        files.add(words.pathOr("privateKey", "server.pem"));
        for (String other : List.of("certKey", "extraCertChain")) {
            Path file = words.pathOrNull(other);
            if (file != null && !files.contains(file)) {
                files.add(file);
            }
        }
        return words.identity(files, Purpose.SERVER, reactor::now);
    }

    private static Versions versions(EndpointArguments arguments) {
        String method = arguments.textOrNull("sslmethod");
        if (method == null || VersionNames.isAny(method)) {
            return Versions.DEFAULT;
        }
        TlsVersion version = VersionNames.read(method);
        if (version == null) {
            throw arguments.refusal("its sslmethod \"" + method + "\" is " + VersionNames.complaint(method));
        }
        return new Versions(version, version);
    }
}
