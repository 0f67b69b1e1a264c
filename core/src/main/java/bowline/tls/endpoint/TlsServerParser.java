package bowline.tls.endpoint;

import bowline.endpoint.EndpointArguments;
import bowline.endpoint.EndpointString;
import bowline.endpoint.ServerEndpoint;
import bowline.endpoint.ServerEndpointParser;
import bowline.endpoint.TcpServerEndpoint;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.tls.KeyLogFile;
import bowline.tls.TlsServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads `tls:` for servers (END-8), in our order or in Twisted's:
///
///     tls:443:certificates=/etc/certs                       a folder of PEM files, by the names that clients ask for
///     tls:/etc/certs:port=443:interface=\:\:                the same; without a port, 443
///     tls:443:certificate=chain.pem:key=key.pem             files for everybody; key= may be left out
///     tls:8443:self-signed=localhost                        one that is made now, for trying things
///     tls:/etc/certs:endpoint=unix\:/run/web                over another server endpoint
///
/// - `interface=`, `backlog=`: as `tcp:` has them
/// - `default=NAME`: who answers those who ask for nobody who is there; without it, they are refused
/// - `clients=FILE`: the authorities that vouch for clients, `clientAuth=required` (the usual) or `wanted`
/// - `alpn=h2,http/1.1`: what is spoken; what the server's factory says, unless given
/// - `minimum=TLSv1.3`, `maximum=TLSv1.2`: versions
/// - `passphraseFile=FILE`: opens `certificate=` or `key=`; such a certificate is not watched
/// - `keylog=FILE`: secrets for Wireshark, for debugging
///
/// The files are read when the description is parsed, and what is wrong with them is told then (TLS-15).
public final class TlsServerParser implements ServerEndpointParser {
    private static final int PORT = 443;
    private static final String ENDPOINT = "endpoint";
    private static final List<String> PLACE = List.of("port", "interface", "backlog");
    private static final List<String> NAMED = List.of(
            ENDPOINT,
            "certificate",
            "key",
            "passphraseFile",
            "self-signed",
            "default",
            "clients",
            "clientAuth",
            "alpn",
            "minimum",
            "maximum",
            "keylog");

    /// For `ServiceLoader`.
    public TlsServerParser() {}

    @Override
    public String type() {
        return "tls";
    }

    @Override
    public ServerEndpoint parse(EndpointString description, Reactor reactor) {
        var words = new TlsWords(arguments(description));
        ServerEndpoint inner = inner(words.arguments(), reactor);
        ServerCertificates certificates = ServerCertificates.of(words, reactor);
        return new StringTlsEndpoint(inner, new StringTlsServer(certificates, options(words, certificates)), true);
    }

    /// A number in front is the port; anything else is the folder.
    private static EndpointArguments arguments(EndpointString description) {
        List<String> positional = description.positional();
        boolean folderFirst = !positional.isEmpty() && !isNumber(positional.getFirst());
        List<String> parameters = new ArrayList<>(PLACE);
        parameters.add(folderFirst ? 0 : PLACE.size(), "certificates");
        int places = folderFirst ? parameters.size() : PLACE.size();
        parameters.addAll(NAMED);
        EndpointArguments arguments = EndpointArguments.of(description, parameters.toArray(String[]::new));
        if (positional.size() > places) {
            throw arguments.refusal("it has " + positional.size() + " arguments without a name, where there can be "
                    + places + " (" + String.join(", ", parameters.subList(0, places))
                    + "); a colon inside of one is written \\:");
        }
        return arguments;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static ServerEndpoint inner(EndpointArguments arguments, Reactor reactor) {
        String other = arguments.textOrNull(ENDPOINT);
        if (other == null) {
            int port = arguments.textOrNull("port") == null ? defaultPort(arguments) : arguments.port("port");
            int backlog = arguments.integer("backlog", 1, Integer.MAX_VALUE, ListenOptions.DEFAULT.backlog());
            return new TcpServerEndpoint(reactor, port, new ListenOptions(backlog, arguments.text("interface", "")));
        }
        Stream.of("port", "interface", "backlog")
                .filter(each -> arguments.textOrNull(each) != null)
                .findFirst()
                .ifPresent(each -> {
                    throw arguments.refusal(
                            "its " + each + " and its endpoint both say where connections come; leave one");
                });
        return ServerEndpoint.of(reactor, other);
    }

    private static int defaultPort(EndpointArguments arguments) {
        if (arguments.textOrNull("certificates") == null) {
            throw arguments.refusal("it has no port");
        }
        return PORT;
    }

    private static TlsServerOptions options(TlsWords words, ServerCertificates certificates) {
        TlsServerOptions.Builder builder = TlsServerOptions.forSource(certificates.source())
                .versions(words.versions())
                .applicationProtocols(words.applicationProtocols());
        TlsServerOptions plain = words.built(builder::build);
        KeyLogFile keyLog = words.keyLog(plain.provider());
        return keyLog == null ? plain : words.built(builder.keyLog(keyLog)::build);
    }
}
