package bowline.run;

import bowline.cred.CredentialsChecker;
import bowline.cred.SlowWork;
import bowline.endpoint.EndpointString;
import bowline.policy.AddressBlock;
import bowline.policy.AddressRules;
import bowline.reactor.Reactor;
import bowline.service.ServerService;
import bowline.service.Service;
import bowline.service.ServiceArguments;
import bowline.service.ServiceGroup;
import bowline.service.ServiceMaker;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import bowline.socks.SocksServer;
import bowline.socks.SocksServerOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// `bowline socks`: a proxy of SOCKS 4, 4a and 5 (SOC-1, K1).
public final class SocksMaker implements ServiceMaker {
    /// For `ServiceLoader`.
    public SocksMaker() {}

    @Override
    public String name() {
        return "socks";
    }

    @Override
    public String summary() {
        return "Connect for others: a proxy of SOCKS 4, 4a and 5";
    }

    @Override
    public List<ServiceOption> options() {
        SocksServerOptions.Timeouts times = SocksServerOptions.Timeouts.USUAL;
        return List.of(
                ServiceOption.value("listen", "ENDPOINT", "Where to accept clients, as in tcp:1080")
                        .defaultsTo("tcp:1080:interface=127.0.0.1")
                        .repeats(),
                ServiceOption.auth(
                        "Who may come in, as in file:PATH, or anonymous for everybody; must be given to listen beyond this"
                                + " machine"),
                ServiceOption.flag(
                        "allow-private",
                        "Let clients reach this machine, its network and all else that is not public, too"),
                ServiceOption.value(
                                "allow",
                                "CIDR",
                                "Addresses that may be reached, as in 10.1.0.0/16; the smallest block decides")
                        .repeats(),
                ServiceOption.value("deny", "CIDR", "Addresses that may not be reached")
                        .repeats(),
                ServiceOption.flag("no-bind", "Refuse BIND: open no ports for clients"),
                ServiceOption.flag("no-udp", "Refuse UDP ASSOCIATE: carry no datagrams"),
                ServiceOption.value("max-connections", "NUMBER", "How many clients there may be at once")
                        .defaultsTo("" + SocksServerOptions.USUAL.maxConnections()),
                ServiceOption.value(
                                "max-connections-per-source",
                                "NUMBER",
                                "How many of them one address (of IPv6: one /64) may have")
                        .defaultsTo("" + SocksServerOptions.USUAL.maxConnectionsPerSource()),
                time("handshake-timeout", "How long a client may take to say what it wants", times.handshake()),
                time("connect-timeout", "How long a look-up and connecting may take", times.connect()),
                time("bind-timeout", "How long a port of BIND stays open", times.bind()),
                time("idle-timeout", "How long a connection may rest in both directions", times.idle()),
                time("drain", "How long connections may go on when the service stops", ServerService.DRAIN_TIMEOUT));
    }

    private static ServiceOption time(String name, String description, Duration usual) {
        return ServiceOption.value(name, "TIME", description).defaultsTo(usual.toSeconds() + "s");
    }

    @Override
    public List<String> examples() {
        return List.of(
                "bowline socks                                      # on port 1080, for this machine only",
                "bowline socks --listen tcp:1080 --auth file:users  # for those who know a password",
                "bowline socks --allow 10.1.0.0/16                  # to one private network, too");
    }

    @Override
    public Service makeService(ServiceArguments arguments, Reactor reactor) {
        SocksServerOptions options = SocksServerOptions.USUAL
                .addresses(rules(arguments))
                .bind(!arguments.flag("no-bind"))
                .udp(!arguments.flag("no-udp"))
                .timeouts(timeouts(arguments))
                .maxConnections(arguments.integer("max-connections", 1, 1_000_000))
                .maxConnectionsPerSource(arguments.integer("max-connections-per-source", 1, 1_000_000));
        var server = new SocksServer(reactor, authenticated(arguments, options, reactor));
        ServiceGroup servers = arguments.servers("listen", reactor, server);
        Duration drain = arguments.duration("drain");
        for (Service each : servers.children()) {
            if (each instanceof ServerService listening) {
                listening.drainTimeout(drain);
            }
        }
        return servers;
    }

    private static SocksServerOptions authenticated(
            ServiceArguments arguments, SocksServerOptions options, Reactor reactor) {
        List<CredentialsChecker> checkers = arguments.checkers(SlowWork.on(reactor::deferToThread));
        if (checkers.isEmpty()) {
            arguments.list("listen").forEach(SocksMaker::requireLoopback);
            return options;
        }
        try {
            return options.checkers(checkers);
        } catch (IllegalArgumentException useless) {
            throw new UsageError(
                    "with this --auth " + useless.getMessage(), "add --auth file:PATH, or --auth anonymous");
        }
    }

    /// An open proxy is found and abused within hours, so nobody gets one by leaving something out.
    private static void requireLoopback(String endpoint) {
        EndpointString description;
        try {
            description = EndpointString.parse(endpoint);
        } catch (IllegalArgumentException malformed) {
            return; // told when the endpoint is made
        }
        boolean internet =
                description.type().equals("tcp") || description.type().equals("tcp6");
        if (internet && !isLoopback(description.named().getOrDefault("interface", ""))) {
            throw new UsageError(
                    "--listen \"" + endpoint + "\" without --auth would serve everybody who finds it",
                    "add --auth file:PATH, or --auth anonymous if that is meant, or :interface=127.0.0.1");
        }
    }

    private static boolean isLoopback(String networkInterface) {
        try {
            return InetAddress.ofLiteral(networkInterface).isLoopbackAddress();
        } catch (IllegalArgumentException noAddress) {
            return networkInterface.equals("localhost");
        }
    }

    private static AddressRules rules(ServiceArguments arguments) {
        AddressRules rules = arguments.flag("allow-private") ? AddressRules.ALL_HOSTS : AddressRules.PUBLIC_ONLY;
        for (AddressBlock block : blocks(arguments, "allow")) {
            rules = rules.allow(block);
        }
        for (AddressBlock block : blocks(arguments, "deny")) {
            rules = rules.deny(block);
        }
        return rules;
    }

    private static List<AddressBlock> blocks(ServiceArguments arguments, String name) {
        return arguments.list(name).stream()
                .map(text -> block(arguments, name, text))
                .toList();
    }

    private static AddressBlock block(ServiceArguments arguments, String name, String text) {
        try {
            return AddressBlock.of(text);
        } catch (IllegalArgumentException malformed) {
            throw arguments.refusal(
                    name,
                    text,
                    "no block of addresses: " + malformed.getMessage(),
                    "write an address and how many bits count, as in 10.0.0.0/8");
        }
    }

    private static SocksServerOptions.Timeouts timeouts(ServiceArguments arguments) {
        return new SocksServerOptions.Timeouts(
                positive(arguments, "handshake-timeout"),
                positive(arguments, "connect-timeout"),
                positive(arguments, "bind-timeout"),
                positive(arguments, "idle-timeout"));
    }

    private static Duration positive(ServiceArguments arguments, String name) {
        Duration time = arguments.duration(name);
        if (!time.isPositive()) {
            throw arguments.refusal(
                    name, arguments.string(name), "no time at all", "give more than nothing, as in 20s");
        }
        return time;
    }
}
