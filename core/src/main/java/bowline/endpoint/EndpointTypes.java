package bowline.endpoint;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.reactor.ConnectOptions;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.reactor.UnixConnectOptions;
import bowline.reactor.UnixListenOptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The types of endpoints there are: TCP, UNIX and descriptors are built in, the others are found (END-7, END-12).
final class EndpointTypes {
    private static final Logger log = Logger.of(EndpointTypes.class);

    /// Most providers of one kind that may fail to load, so that a loader that never ends cannot keep us.
    private static final int BROKEN_MAX = 20;

    private EndpointTypes() {}

    static ClientEndpoint client(Reactor reactor, EndpointString description) {
        return switch (description.type()) {
            case "tcp" -> tcpClient(reactor, description);
            case "unix" -> unixClient(reactor, description);
            default -> foundClient(reactor, description);
        };
    }

    private static ClientEndpoint foundClient(Reactor reactor, EndpointString description) {
        List<ClientEndpointParser> parsers = found(ClientEndpointParser.class);
        for (ClientEndpointParser parser : parsers) {
            if (parser.type().equals(description.type())) {
                return parser.parse(description, reactor);
            }
        }
        throw unknown(
                description,
                "client",
                Stream.of("tcp", "unix"),
                parsers.stream().map(ClientEndpointParser::type));
    }

    static ServerEndpoint server(Reactor reactor, EndpointString description) {
        return switch (description.type()) {
            case "tcp" -> tcpServer(reactor, description);
            case "tcp6" -> tcp6Server(reactor, description);
            case "unix" -> unixServer(reactor, description);
            case "fd" -> adoptedServer(reactor, description);
            default -> foundServer(reactor, description);
        };
    }

    private static ServerEndpoint foundServer(Reactor reactor, EndpointString description) {
        List<ServerEndpointParser> parsers = found(ServerEndpointParser.class);
        for (ServerEndpointParser parser : parsers) {
            if (parser.type().equals(description.type())) {
                return parser.parse(description, reactor);
            }
        }
        throw unknown(
                description,
                "server",
                Stream.of("tcp", "tcp6", "unix", "fd"),
                parsers.stream().map(ServerEndpointParser::type));
    }

    private static ClientEndpoint tcpClient(Reactor reactor, EndpointString description) {
        var arguments = EndpointArguments.of(description, "host", "port", "timeout", "bindAddress");
        String host = arguments.text("host");
        if (host.isEmpty()) {
            throw arguments.refusal("its host is empty");
        }
        ConnectOptions options = ConnectOptions.DEFAULT;
        options = options.timeout(arguments.seconds("timeout", options.timeout()));
        String bindAddress = arguments.textOrNull("bindAddress");
        if (bindAddress != null) {
            options = options.from(bindAddress, 0);
        }
        int port = arguments.port("port");
        return LiteralAddress.isLiteral(host)
                ? new TcpClientEndpoint(reactor, host, port, options)
                : new HostnameEndpoint(reactor, host, port, HappyEyeballs.within(options));
    }

    private static ServerEndpoint tcpServer(Reactor reactor, EndpointString description) {
        var arguments = EndpointArguments.of(description, "port", "interface", "backlog");
        return listening(reactor, arguments, arguments.text("interface", ""));
    }

    private static ServerEndpoint tcp6Server(Reactor reactor, EndpointString description) {
        var arguments = EndpointArguments.of(description, "port", "backlog", "interface");
        return listening(reactor, arguments, arguments.text("interface", "::"));
    }

    private static ServerEndpoint listening(Reactor reactor, EndpointArguments arguments, String networkInterface) {
        return new TcpServerEndpoint(
                reactor, arguments.port("port"), new ListenOptions(backlog(arguments), networkInterface));
    }

    private static int backlog(EndpointArguments arguments) {
        return arguments.integer("backlog", 1, Integer.MAX_VALUE, ListenOptions.DEFAULT.backlog());
    }

    /// As in Twisted, a server described by a string holds a lock unless told otherwise.
    private static ServerEndpoint unixServer(Reactor reactor, EndpointString description) {
        var arguments = EndpointArguments.of(description, "address", "mode", "backlog", "lockfile");
        UnixListenOptions options = UnixListenOptions.DEFAULT.backlog(backlog(arguments));
        options = options.mode(arguments.octal("mode", 0777, options.mode()));
        if (arguments.flag("lockfile", true)) {
            options = options.withLock();
        }
        return new UnixServerEndpoint(reactor, unixAddress(arguments, "address"), options);
    }

    private static ServerEndpoint adoptedServer(Reactor reactor, EndpointString description) {
        var arguments = EndpointArguments.of(description, "descriptor");
        return new AdoptedStreamServerEndpoint(reactor, arguments.integer("descriptor", 0, Integer.MAX_VALUE));
    }

    private static ClientEndpoint unixClient(Reactor reactor, EndpointString description) {
        var arguments = EndpointArguments.of(description, "path", "timeout", "lockfile");
        UnixConnectOptions options = UnixConnectOptions.DEFAULT;
        options = options.timeout(arguments.seconds("timeout", options.timeout()));
        if (arguments.flag("lockfile", false)) {
            options = options.checkingLock();
        }
        return new UnixClientEndpoint(reactor, unixAddress(arguments, "path"), options);
    }

    private static Address.Unix unixAddress(EndpointArguments arguments, String parameter) {
        String path = arguments.text(parameter);
        if (path.isEmpty()) {
            throw arguments.refusal("its " + parameter + " is empty");
        }
        return new Address.Unix(path);
    }

    private static IllegalArgumentException unknown(
            EndpointString description, String side, Stream<String> builtIn, Stream<String> found) {
        var types = new TreeSet<>(Stream.concat(builtIn, found).toList());
        return new IllegalArgumentException("endpoint \"" + description.masked() + "\" cannot be used: there are no "
                + side + " endpoints of type \"" + description.type() + "\"; the types are " + types);
    }

    /// All providers of `service` that load; a broken one is logged and skipped (RUN-9).
    private static <S> List<S> found(Class<S> service) {
        var all = new ArrayList<S>();
        Iterator<S> providers = ServiceLoader.load(service).iterator();
        for (int broken = 0; broken < BROKEN_MAX; ) {
            try {
                if (!providers.hasNext()) {
                    return all;
                }
                all.add(providers.next());
            } catch (ServiceConfigurationError | LinkageError fault) {
                broken++;
                log.failure("a type of endpoint does not load and is left out", Failure.of(fault));
            }
        }
        return all;
    }
}
