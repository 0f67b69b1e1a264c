package bowline.tls.endpoint;

import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ClientEndpointParser;
import bowline.endpoint.EndpointArguments;
import bowline.endpoint.EndpointString;
import bowline.reactor.Reactor;
import bowline.tls.KeyLogFile;
import bowline.tls.Tls;
import bowline.tls.TlsClientOptions;
import bowline.tls.certificate.InsecureTrust;
import bowline.tls.certificate.Purpose;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.certificate.Trust;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads `tls:` for clients (END-9): `tls:example.com:443`, verified by whom the system trusts, for that very name.
///
/// - `timeout=30`, `bindAddress=`: as `tcp:` has them
/// - `endpoint=<another client's description, quoted>`: how to get there; the host is still who is meant, and the
/// port is not needed
/// - `hostname=`: who is meant, where that is not whom one connects to
/// - `trustRoots=`: whom to believe: a file or folder of PEM, or `platform`
/// - `pin=sha256/…,sha256/…`: public keys; alone they are enough to know the server by, with `trustRoots=` both must
/// agree
/// - `certificate=`, `privateKey=`, `passphraseFile=`: who we are, for servers that ask
/// - `alpn=`, `minimum=`, `maximum=`, `keylog=`: as for servers
/// - `insecure-trust-anybody=1`: no verification at all, with a warning in the log for each connection
///
/// The files are read when the description is parsed, and what is wrong with them is told then (TLS-15).
public final class TlsClientParser implements ClientEndpointParser {
    private static final String INSECURE = "insecure-trust-anybody";
    private static final String ENDPOINT = "endpoint";
    private static final int POSITIONS = 2;

    /// For `ServiceLoader`.
    public TlsClientParser() {}

    @Override
    public String type() {
        return "tls";
    }

    @Override
    public ClientEndpoint parse(EndpointString description, Reactor reactor) {
        var arguments = EndpointArguments.of(
                description,
                "host",
                "port",
                "timeout",
                "bindAddress",
                "certificate",
                "privateKey",
                "passphraseFile",
                "trustRoots",
                ENDPOINT,
                "alpn",
                "pin",
                "hostname",
                "minimum",
                "maximum",
                "keylog",
                INSECURE);
        if (description.positional().size() > POSITIONS) {
            throw arguments.refusal(
                    "it has " + description.positional().size()
                            + " arguments without a name, where there can be 2 (host, port); a colon inside of one is written \\:");
        }
        return Tls.wrapClient(inner(arguments, reactor), options(new TlsWords(arguments), reactor));
    }

    private static ClientEndpoint inner(EndpointArguments arguments, Reactor reactor) {
        String other = arguments.textOrNull(ENDPOINT);
        if (other == null) {
            return InnerTcp.of(arguments, reactor);
        }
        Stream.of("timeout", "bindAddress")
                .filter(each -> arguments.textOrNull(each) != null)
                .findFirst()
                .ifPresent(each -> {
                    throw arguments.refusal(each + "= belongs into the description that endpoint= has");
                });
        return ClientEndpoint.of(reactor, other);
    }

    private static TlsClientOptions options(TlsWords words, Reactor reactor) {
        String host = words.arguments().text("hostname", words.arguments().text("host", ""));
        TlsClientOptions.Builder builder = words.built(() -> TlsClientOptions.forHost(host))
                .versions(words.versions())
                .applicationProtocols(words.applicationProtocols());
        Trust trust = trust(words);
        if (trust != null) {
            builder.trust(trust);
        }
        TlsIdentity ours = words.identity("certificate", "privateKey", Purpose.CLIENT, reactor::now);
        if (ours != null) {
            builder.identity(ours);
        }
        TlsClientOptions plain = words.built(builder::build);
        KeyLogFile keyLog = words.keyLog(plain.provider());
        return keyLog == null ? plain : words.built(builder.keyLog(keyLog)::build);
    }

    private static @Nullable Trust trust(TlsWords words) {
        Trust trust = words.trust();
        if (!words.arguments().flag(INSECURE, false)) {
            return trust;
        }
        if (trust != null) {
            throw words.arguments()
                    .refusal("who trusts anybody has no use for trustRoots= or pin=; leave " + INSECURE
                            + "= out, and the server is verified");
        }
        return new InsecureTrust();
    }
}
