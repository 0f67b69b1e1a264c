package bowline.web.run;

import bowline.log.Logger;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.service.ServerService;
import bowline.service.Service;
import bowline.service.ServiceArguments;
import bowline.service.ServiceGroup;
import bowline.service.ServiceMaker;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import bowline.web.file.StaticFiles;
import bowline.web.server.AccessLog;
import bowline.web.server.ServerTimeouts;
import bowline.web.server.Site;
import bowline.web.server.SiteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// `bowline web --listen tcp:8080 --path DIR`: the files of a directory over HTTP/1.1 (WEB-10).
public final class WebServiceMaker implements ServiceMaker {
    private static final Logger log = Logger.of("bowline.web.access");

    /// For `ServiceLoader`.
    public WebServiceMaker() {}

    @Override
    public String name() {
        return "web";
    }

    @Override
    public String summary() {
        return "Serve the files of a directory over HTTP";
    }

    @Override
    public List<ServiceOption> options() {
        ServerTimeouts times = ServerTimeouts.USUAL;
        return List.of(
                ServiceOption.value("path", "DIR", "The directory to serve").mustBeGiven(),
                ServiceOption.value(
                                "listen",
                                "ENDPOINT",
                                "Where to accept connections, as in tcp:8080 or tls:8443:certificates=/etc/certs")
                        .defaultsTo("tcp:8080")
                        .repeats(),
                ServiceOption.value("index", "NAME", "A file that stands for its directory; the first there is")
                        .defaultsTo("index.html")
                        .repeats(),
                ServiceOption.flag("list", "List directories that have no index"),
                ServiceOption.value(
                                "access-log",
                                "FILE",
                                "Where one line a request goes: a file that is appended to," + " log for the log, none")
                        .defaultsTo("log"),
                ServiceOption.value("max-connections", "NUMBER", "How many connections there may be at once")
                        .defaultsTo("" + SiteOptions.USUAL.maxConnections()),
                ServiceOption.value(
                                "max-connections-per-source",
                                "NUMBER",
                                "How many of them one address (of IPv6: one /64) may have; raise it behind a proxy")
                        .defaultsTo("" + SiteOptions.USUAL.maxConnectionsPerSource()),
                ServiceOption.value("head-timeout", "TIME", "How long a request's head may take, as in 20s")
                        .defaultsTo(times.head().toSeconds() + "s"),
                ServiceOption.value("idle-timeout", "TIME", "How long a connection may wait between requests")
                        .defaultsTo(times.idle().toSeconds() + "s"),
                ServiceOption.value(
                                "min-rate", "BYTES", "How many bytes a second a client must send or take on average")
                        .defaultsTo("" + times.minBytesPerSecond()),
                ServiceOption.value("drain", "TIME", "How long requests may still run when the service stops")
                        .defaultsTo(ServerService.DRAIN_TIMEOUT.toSeconds() + "s"));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "bowline web --path public                              # on port 8080",
                "bowline web --path public --tls self-signed            # https, with a certificate made at start",
                "bowline web --path public --listen tls:443:certificates=/etc/certs",
                "bowline web --path . --list --listen tcp:8000:interface=127.0.0.1");
    }

    @Override
    public Service makeService(ServiceArguments arguments, Reactor reactor) {
        return draining(arguments.servers("listen", reactor, site(arguments)), arguments);
    }

    /// A site for each reactor, with the limits and the access log in common.
    @Override
    public List<Service> makeServices(ServiceArguments arguments, ReactorGroup group) {
        Site first = site(arguments);
        return arguments
                .servers("listen", group, reactor -> reactor == group.first() ? first : first.sibling(files(arguments)))
                .stream()
                .<Service>map(servers -> draining(servers, arguments))
                .toList();
    }

    private static Site site(ServiceArguments arguments) {
        return new Site(files(arguments), siteOptions(arguments), accessLog(arguments));
    }

    private static ServiceGroup draining(ServiceGroup servers, ServiceArguments arguments) {
        Duration drain = arguments.duration("drain");
        for (Service server : servers.children()) {
            if (server instanceof ServerService listening) {
                listening.drainTimeout(drain);
            }
        }
        return servers;
    }

    private static StaticFiles files(ServiceArguments arguments) {
        Path directory = arguments.path("path");
        String complaint = "a directory that cannot be read";
        try {
            if (Files.isReadable(directory) && Files.isExecutable(directory)) {
                return new StaticFiles(directory, indexNames(arguments), arguments.flag("list"));
            }
            if (!Files.isDirectory(directory)) {
                complaint = Files.exists(directory) ? "not a directory" : "not there";
            }
        } catch (IOException refused) {
            complaint = Files.isDirectory(directory) ? complaint : "not a directory";
        }
        throw arguments.refusal(
                "path", arguments.string("path"), complaint, "give a directory that this user may read");
    }

    private static List<String> indexNames(ServiceArguments arguments) {
        for (String name : arguments.list("index")) {
            if (name.isEmpty() || name.startsWith(".") || name.contains("/")) {
                throw arguments.refusal("index", name, "not the plain name of a file", "give a name as in index.html");
            }
        }
        return arguments.list("index");
    }

    private static SiteOptions siteOptions(ServiceArguments arguments) {
        ServerTimeouts times = ServerTimeouts.USUAL
                .head(positive(arguments, "head-timeout"))
                .idle(positive(arguments, "idle-timeout"))
                .minBytesPerSecond(arguments.integer("min-rate", 1, 1 << 30));
        return SiteOptions.USUAL
                .timeouts(times)
                .maxConnections(arguments.integer("max-connections", 1, 10_000_000))
                .maxConnectionsPerSource(arguments.integer("max-connections-per-source", 1, 10_000_000));
    }

    private static Duration positive(ServiceArguments arguments, String name) {
        Duration time = arguments.duration(name);
        if (!time.isPositive()) {
            throw arguments.refusal(
                    name, arguments.string(name), "no time at all", "give more than nothing, as in 20s");
        }
        return time;
    }

    private static AccessLog accessLog(ServiceArguments arguments) {
        return switch (arguments.string("access-log")) {
            case "log" -> AccessLog.to(log);
            case "none" -> AccessLog.NONE;
            default -> fileLog(arguments);
        };
    }

    private static AccessLog fileLog(ServiceArguments arguments) {
        try {
            return AccessLog.appendingTo(arguments.path("access-log"));
        } catch (IOException refused) {
            throw new UsageError(
                    "--access-log \"" + arguments.string("access-log") + "\" cannot be written: " + refused,
                    "give a file that this user may write, or log, or none");
        }
    }
}
