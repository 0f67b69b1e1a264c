package bowline.run;

import bowline.endpoint.ClientEndpoint;
import bowline.forward.PortForward;
import bowline.forward.PortForwardOptions;
import bowline.policy.Rate;
import bowline.policy.ShapingFactory;
import bowline.policy.ShapingOptions;
import bowline.protocol.Factory;
import bowline.reactor.Reactor;
import bowline.service.ServerService;
import bowline.service.Service;
import bowline.service.ServiceArguments;
import bowline.service.ServiceGroup;
import bowline.service.ServiceMaker;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `bowline portforward`: passes connections on to somewhere else (FWD-1).
public final class PortForwardMaker implements ServiceMaker {
    private static final Map<Character, Long> UNITS = Map.of('k', 1_000L, 'm', 1_000_000L, 'g', 1_000_000_000L);

    /// For `ServiceLoader`.
    public PortForwardMaker() {}

    @Override
    public String name() {
        return "portforward";
    }

    @Override
    public String summary() {
        return "Pass connections on to another place, with back-pressure both ways";
    }

    @Override
    public List<ServiceOption> options() {
        return List.of(
                ServiceOption.value(
                                "listen",
                                "ENDPOINT",
                                "Where to accept connections, as in tcp:8080, or haproxy:tcp:8080 behind a proxy that"
                                        + " sends PROXY headers. Given again, it makes a pair with the next --to")
                        .mustBeGiven()
                        .repeats(),
                ServiceOption.value(
                                "to",
                                "ENDPOINT",
                                "Where to pass them on, as in tcp:example.com:80; one for each --listen")
                        .mustBeGiven()
                        .repeats(),
                ServiceOption.value(
                        "send-proxy", "VERSION", "Tell the target of each client by a PROXY header: v1 or v2"),
                ServiceOption.value(
                        "rate", "BYTES", "Most bytes a second of each connection and direction, as in 500k or 10m"),
                ServiceOption.value("total-rate", "BYTES", "The same for all connections of one --listen together"),
                ServiceOption.value("connect-timeout", "TIME", "How long connecting to the target may take")
                        .defaultsTo("30s"),
                ServiceOption.value("idle-timeout", "TIME", "How long a connection may be without a byte; 0 for ever")
                        .defaultsTo("1h"),
                ServiceOption.value("max-connections", "NUMBER", "Most clients of one --listen at a time")
                        .defaultsTo("1000"),
                ServiceOption.value("max-connections-per-source", "NUMBER", "Most of them from one address or IPv6 /64")
                        .defaultsTo("100"),
                ServiceOption.value("drain", "TIME", "How long connections may go on when the service stops")
                        .defaultsTo(ServerService.DRAIN_TIMEOUT.toSeconds() + "s"));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "bowline portforward --listen tcp:8080 --to tcp:10.0.0.7:80",
                "bowline portforward --listen tcp:8080 --to tcp:10.0.0.7:80 --send-proxy v2   # tell it who the client is",
                "bowline portforward --listen haproxy:tcp:8080 --to tcp:10.0.0.7:80           # behind HAProxy",
                "bowline portforward --listen tcp:25 --to tcp:mail:25 --listen tcp:80 --to tcp:www:80",
                "bowline portforward --listen tls:443:certificates=/etc/certs --to tcp:10.0.0.7:80   # TLS ends here",
                "bowline portforward --listen tcp:8080 --to tls:example.com:443                      # TLS begins here",
                "bowline portforward --listen tcp:8080 --to tcp:10.0.0.7:80 --rate 500k       # 500 000 bytes a second");
    }

    @Override
    public Service makeService(ServiceArguments arguments, Reactor reactor) {
        List<String> places = arguments.list("listen");
        List<String> targets = arguments.list("to");
        if (places.size() != targets.size()) {
            throw new UsageError(
                    "--listen is given " + places.size() + " times and --to " + targets.size() + " times",
                    "give one --to for each --listen, in the same order");
        }
        PortForwardOptions options = options(arguments);
        Duration drain = arguments.duration("drain");
        var services = new ServiceGroup();
        for (int i = 0; i < places.size(); i++) {
            var forward = new PortForward(target(targets.get(i), reactor), options);
            ServerService server = server(places.get(i), shaped(forward, arguments), reactor);
            server.drainTimeout(drain);
            services.add(server);
        }
        return services;
    }

    private static PortForwardOptions options(ServiceArguments arguments) {
        var idle = arguments.duration("idle-timeout");
        var connect = arguments.duration("connect-timeout");
        if (connect.isZero()) {
            throw arguments.refusal("connect-timeout", "0", "no time to connect in", "give some, as in 30s");
        }
        return PortForwardOptions.DEFAULT
                .connectTimeout(connect)
                .idleTimeout(idle.isZero() ? null : idle)
                .limits(
                        arguments.integer("max-connections", 1, 10_000_000),
                        arguments.integer("max-connections-per-source", 1, 10_000_000))
                .proxyHeader(arguments.has("send-proxy") ? version(arguments) : 0);
    }

    private static int version(ServiceArguments arguments) {
        return switch (arguments.string("send-proxy")) {
            case "v1" -> 1;
            case "v2" -> 2;
            default ->
                throw arguments.refusal(
                        "send-proxy", arguments.string("send-proxy"), "no version of the protocol", "write v1 or v2");
        };
    }

    private static Factory<?> shaped(Factory<?> factory, ServiceArguments arguments) {
        Factory<?> shaped = factory;
        if (arguments.has("rate")) {
            shaped = new ShapingFactory<>(shaped, ShapingOptions.each(rate("rate", arguments)));
        }
        if (arguments.has("total-rate")) {
            shaped = new ShapingFactory<>(shaped, ShapingOptions.together(rate("total-rate", arguments)));
        }
        return shaped;
    }

    private static Rate rate(String option, ServiceArguments arguments) {
        String text = arguments.string(option).toLowerCase(Locale.ROOT);
        try {
            Long unit = text.isEmpty() ? null : UNITS.get(text.charAt(text.length() - 1));
            String digits = unit == null ? text : text.substring(0, text.length() - 1);
            return Rate.of(Math.multiplyExact(Long.parseLong(digits), unit == null ? 1 : unit));
        } catch (ArithmeticException | IllegalArgumentException notARate) {
            throw arguments.refusal(
                    option,
                    arguments.string(option),
                    "no rate from 1 byte to 8 GiB a second",
                    "write bytes a second, as in 9600, 500k or 10m");
        }
    }

    private static ClientEndpoint target(String description, Reactor reactor) {
        try {
            return ClientEndpoint.of(reactor, description);
        } catch (IllegalArgumentException refused) {
            throw new UsageError("--to: " + refused.getMessage(), "write type:arguments, as in tcp:example.com:80");
        }
    }

    private static ServerService server(String description, Factory<?> factory, Reactor reactor) {
        try {
            return ServerService.of(reactor, description, factory);
        } catch (IllegalArgumentException refused) {
            throw new UsageError("--listen: " + refused.getMessage(), "write type:arguments, as in tcp:8080");
        }
    }
}
