package bowline.attack.run;

import bowline.attack.Transcript;
import bowline.endpoint.EndpointString;
import bowline.service.ServiceArguments;
import bowline.service.ServiceOption;
import java.util.List;

/// How one talks to the target, as the options say.
final class Dialogue {
    private static final String PROTOCOLS = "http, line, netstring, raw, socks, proxy-line or proxy-http";

    static final List<ServiceOption> OPTIONS = List.of(
            ServiceOption.value(
                            "protocol",
                            "NAME",
                            "What it speaks: " + PROTOCOLS + "; raw is bytes without any frame, proxy-... wants a PROXY"
                                    + " header first")
                    .defaultsTo("http"),
            ServiceOption.value("path", "PATH", "http: a page that is answered with 2xx")
                    .defaultsTo("/"),
            ServiceOption.value("say", "TEXT", "line, netstring, raw: what a good client says")
                    .defaultsTo("hello"),
            ServiceOption.value(
                    "hear", "TEXT", "line, netstring, raw: what a good answer has in it. Default: the same"));

    private Dialogue() {}

    static Transcript read(ServiceArguments arguments, String target) {
        String say = arguments.string("say");
        String hear = arguments.has("hear") ? arguments.string("hear") : say;
        String protocol = arguments.string("protocol");
        return switch (protocol) {
            case "http" -> http(arguments, target);
            case "line" -> Transcript.line(say, hear);
            case "netstring" -> Transcript.netstring(say, hear);
            case "raw" -> Transcript.raw(say, hear);
            case "socks" -> Transcript.socks();
            case "proxy-line" -> Transcript.behindProxy(Transcript.line(say, hear));
            case "proxy-http" -> Transcript.behindProxy(http(arguments, target));
            default -> throw arguments.refusal("protocol", protocol, "no protocol known here", "write " + PROTOCOLS);
        };
    }

    private static Transcript http(ServiceArguments arguments, String target) {
        EndpointString endpoint = EndpointString.parse(target);
        String named = endpoint.type().equals("tcp") ? Permission.host(endpoint) : "";
        String host = named.isEmpty() ? "localhost" : named;
        return Transcript.http(host.contains(":") ? "[" + host + "]" : host, arguments.string("path"));
    }
}
