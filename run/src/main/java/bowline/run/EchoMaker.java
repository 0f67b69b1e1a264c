package bowline.run;

import bowline.protocol.Factory;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.service.Service;
import bowline.service.ServiceArguments;
import bowline.service.ServiceMaker;
import bowline.service.ServiceOption;
import bowline.supervise.ServiceLimits;
import bowline.supervise.SmallService;
import java.util.ArrayList;
import java.util.List;

/// `bowline echo`: the smallest service there is (RFC 862).
public final class EchoMaker implements ServiceMaker {
    private static final ServiceLimits USUAL = ServiceLimits.USUAL.connections(10_000, 1000, 100_000);

    /// For `ServiceLoader`.
    public EchoMaker() {}

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String summary() {
        return "Send back whatever comes in (RFC 862)";
    }

    @Override
    public List<ServiceOption> options() {
        var options = new ArrayList<ServiceOption>();
        options.add(ServiceOption.value("listen", "ENDPOINT", "Where to accept connections, as in tcp:7777")
                .defaultsTo("tcp:7777:interface=127.0.0.1")
                .repeats());
        options.addAll(LimitOptions.of(USUAL));
        return options;
    }

    @Override
    public List<String> examples() {
        return List.of(
                "bowline echo                         # on port 7777 of this machine only",
                "bowline echo --listen tcp:7777       # on all its IPv4 addresses",
                "bowline echo --listen tcp6:7777      # on all its addresses",
                "bowline echo --listen unix:/run/echo # at a UNIX socket",
                "bowline echo --listen stdio:         # standard input, as cat does",
                "bowline echo --listen fd:3           # a listening socket that it was started with",
                "bowline echo --tls self-signed       # over TLS, with a certificate that is made at start",
                "bowline echo --listen tls:7443:certificates=/etc/certs",
                "bowline echo --max-connections 20 --max-connections-per-source 2 --idle-timeout 30s");
    }

    @Override
    public Service makeService(ServiceArguments arguments, Reactor reactor) {
        ServiceLimits limits = LimitOptions.read(arguments, USUAL);
        Factory<?> echo = SmallService.ECHO.factory(limits.idleTimeout());
        return arguments.servers("listen", reactor, limits.inFrontOf(echo, reactor));
    }

    @Override
    public List<Service> makeServices(ServiceArguments arguments, ReactorGroup group) {
        ServiceLimits limits = LimitOptions.read(arguments, USUAL);
        return List.copyOf(arguments.servers(
                "listen", group, limits.inFrontOfEach(() -> SmallService.ECHO.factory(limits.idleTimeout()))));
    }
}
