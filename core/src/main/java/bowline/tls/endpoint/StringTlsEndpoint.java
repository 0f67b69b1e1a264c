package bowline.tls.endpoint;

import bowline.defer.Deferred;
import bowline.endpoint.ServerEndpoint;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListeningPort;
import bowline.reactor.ReactorGroup;
import bowline.tls.ApplicationProtocols;
import bowline.tls.Tls;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A server's endpoint that a string has described: TLS over another one, with certificates that are watched while
/// somebody listens.
///
/// @param inner where connections come
/// @param server what all reactors that listen there have in common
/// @param leads whether it is this one that watches the files
record StringTlsEndpoint(ServerEndpoint inner, StringTlsServer server, boolean leads) implements ServerEndpoint {
    private static final Logger log = Logger.of(StringTlsEndpoint.class);
    private static final String HTTP = "http/1.1";

    @Override
    public Deferred<ListeningPort> listen(Factory<?> factory) {
        ApplicationProtocols known = factory.as(ApplicationProtocols.class);
        List<String> protocols = known == null ? List.of() : known.acceptableProtocols();
        Deferred<ListeningPort> listening =
                Tls.wrapServer(inner, server.options(protocols)).listen(leads ? watching(factory) : factory);
        return leads ? listening.onSuccess(port -> tell(port, protocols)) : listening;
    }

    /// Certificates are watched while this one is in use.
    private <P extends Protocol> Factory<P> watching(Factory<P> factory) {
        return new WatchingFactory<>(factory, server.certificates());
    }

    private void tell(ListeningPort port, List<String> protocols) {
        String scheme = protocols.contains(HTTP) ? "https://" : "TLS at ";
        log.info(
                "{place} with {certificates}",
                scheme + place(port.host()),
                server.certificates().source());
    }

    private static String place(Address host) {
        return switch (host) {
            case Address.IPv4 v4 -> (v4.host().equals("0.0.0.0") ? "localhost" : v4.host()) + ":" + v4.port();
            case Address.IPv6 v6 -> (v6.host().equals("::") ? "localhost" : "[" + v6.host() + "]") + ":" + v6.port();
            case Address.Hostname named -> named.host() + ":" + named.port();
            case Address.Unix _, Address.Pipe _, Address.Device _, Address.ChildProcess _ -> host.toString();
        };
    }

    @Override
    public List<ServerEndpoint> sharedBy(ReactorGroup group) {
        List<ServerEndpoint> shared = new ArrayList<>();
        for (ServerEndpoint each : inner.sharedBy(group)) {
            shared.add(new StringTlsEndpoint(each, server, shared.isEmpty()));
        }
        return shared;
    }

    @Override
    public ServerEndpoint beneath(UnaryOperator<ServerEndpoint> layer) {
        return new StringTlsEndpoint(inner.beneath(layer), server, leads);
    }

    /// `tls:` and the other endpoint.
    @Override
    public String toString() {
        return "tls:" + inner;
    }
}
