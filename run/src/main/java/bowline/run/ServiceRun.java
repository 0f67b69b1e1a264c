package bowline.run;

import bowline.capture.Captures;
import bowline.handover.HotRestart;
import bowline.handover.Predecessor;
import bowline.log.Logger;
import bowline.process.StandardIoEndpoint;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.reactor.watch.StallLimits;
import bowline.service.Application;
import bowline.service.ServerService;
import bowline.service.Service;
import bowline.service.ServiceGroup;
import bowline.service.UsageError;
import bowline.supervise.DatagramService;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Some services from making to exit code (RUN-2): make them, start them, begin the log, run the reactors, and say by
/// which signal it ended. Each reactor has an application of its own, with its part of each service.
///
/// The first signal drains the services; a second one aborts what is still open, a third one ends the process. A
/// service that cannot start is the end of all.
final class ServiceRun {
    private static final Logger log = Logger.of("bowline");

    private final Surroundings surroundings;
    private final GlobalOptions options;

    ServiceRun(Surroundings surroundings, GlobalOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    int run(List<Wanted> services) {
        StallLimits stall = options.everyService().stall();
        Predecessor before = Predecessor.of(surroundings.environment());
        ReactorGroup group = reactors(options.everyService().reactors());
        if (before != null) {
            before.handTo(group.reactors());
        }
        var restart = new HotRestart(group, surroundings.command());
        if (stall != null) {
            group.reactors().forEach(reactor -> reactor.watch().watchStalls(stall));
        }
        List<Application> apps =
                group.reactors().stream().map(_ -> new Application("bowline")).toList();
        services.forEach(wanted -> make(wanted, group, apps));
        if (services.size() > 1) {
            services.forEach(wanted -> apps.forEach(app -> nameInLog(app, wanted.name())));
        }
        String restartSignal = Restart.signal(options.restartOn(), group, canRestart(apps));
        try (LogTarget target = LogTarget.open(options, logFile(apps), surroundings);
                PidFile pidFile = pidFile(options.pidFile(), before);
                Inspected _ = options.inspect() ? Inspected.open(title(services), surroundings) : Inspected.NOT) {
            Reactor first = group.first();
            // Before the applications' own triggers, which begin the draining that may take too long.
            first.addSystemEventTrigger(Reactor.Phase.BEFORE, "shutdown", () -> watchSignals(apps, group));
            start(apps, group);
            surroundings.log().accept(target.observer());
            Told told = Told.of(surroundings.environment(), group);
            var takeover = new Takeover(before, pidFile, first);
            // A turn later, when signals are heard: who waits for the word may answer it with one.
            first.callWhenRunning(() ->
                    first.callLater(Duration.ZERO, () -> takeover.complete(announce(services, apps), told)));
            try (Restart _ = hearing(restartSignal, restart, group, told)) {
                group.run();
            }
            String signal = first.caughtSignal();
            return signal == null ? ExitCode.OK : ExitCode.ofSignal(signal);
        }
    }

    private static String title(List<Wanted> services) {
        return services.stream().map(Wanted::name).collect(Collectors.joining(" + "));
    }

    private ReactorGroup reactors(int count) {
        ReactorGroup group = made(count);
        group.sharing(group.sharing().sharing(options.sharing()));
        options.affinity().apply(group);
        return group;
    }

    private ReactorGroup made(int count) {
        try {
            return surroundings.reactors().make(options.reactor(), count);
        } catch (IllegalArgumentException unknown) {
            throw new UsageError("--reactor: " + unknown.getMessage(), "leave it out to take the best there is");
        }
    }

    /// Adds each reactor's part of a service to that reactor's application.
    private static void make(Wanted wanted, ReactorGroup group, List<Application> apps) {
        List<Service> parts = wanted.maker().makeServices(wanted.arguments(), group);
        Captures captures = wanted.captures();
        if (captures != null) {
            parts.forEach(part -> servers(part, server -> server.inFront(captures::inFrontOf)));
        }
        for (int i = 0; i < parts.size(); i++) {
            var named = new ServiceGroup();
            named.name(wanted.name());
            apps.get(i).add(named.add(parts.get(i)));
        }
    }

    /// Lines of several services come together in one log: each says whose it is.
    private static void nameInLog(Application app, String name) {
        app.children().stream()
                .filter(child -> name.equals(child.name()))
                .forEach(child -> servers(child, server -> server.logName(name)));
    }

    private static void servers(Service service, Consumer<ServerService> visitor) {
        switch (service) {
            case ServiceGroup group -> group.children().forEach(child -> servers(child, visitor));
            case ServerService server -> visitor.accept(server);
            default -> {
                // It has no connections.
            }
        }
    }

    private static @Nullable PidFile pidFile(@Nullable Path path, @Nullable Predecessor before) {
        if (path == null) {
            return null;
        }
        long pid = ProcessHandle.current().pid();
        return before == null ? PidFile.claim(path, pid) : PidFile.after(before.pid(), path, pid);
    }

    private boolean canRestart(List<Application> apps) {
        return !surroundings.command().isEmpty() && apps.stream().noneMatch(ServiceRun::servesByStandardOutput);
    }

    private static @Nullable Restart hearing(
            @Nullable String signal, HotRestart restart, ReactorGroup group, Told told) {
        return signal == null ? null : Restart.on(signal, restart, group, told);
    }

    private static void start(List<Application> apps, ReactorGroup group) {
        for (int i = 0; i < apps.size(); i++) {
            try {
                apps.get(i).startOn(group.reactors().get(i));
            } catch (RuntimeException thrown) {
                apps.subList(0, i).forEach(Application::stop);
                throw refusal(thrown);
            }
        }
    }

    private static RuntimeException refusal(RuntimeException thrown) {
        return switch (thrown) {
            case CannotListenError taken ->
                new Refusal(ExitCode.UNAVAILABLE, String.valueOf(taken.getMessage()), taken);
            case UnsupportedOperationException unable ->
                new Refusal(ExitCode.UNAVAILABLE, String.valueOf(unable.getMessage()), unable);
            case UncheckedIOException fault -> new Refusal(ExitCode.IO, String.valueOf(fault.getMessage()), fault);
            default -> thrown;
        };
    }

    /// Everything has started by now, on every reactor; what the first one's services tell is true of all.
    ///
    /// @return the same, in one line
    private static String announce(List<Wanted> services, List<Application> apps) {
        List<String> all = new ArrayList<>();
        for (Wanted wanted : services) {
            List<String> places = new ArrayList<>();
            collect(apps.getFirst().named(wanted.name()), places);
            log.info(
                    "{service} is ready: {places}{reactors}",
                    wanted.name(),
                    state(places),
                    reactors(wanted.name(), apps));
            all.add(wanted.name() + " " + state(places));
        }
        return String.join("; ", all);
    }

    private static String state(List<String> places) {
        return places.isEmpty() ? "running" : "listening on " + String.join(", ", places);
    }

    private static String reactors(String name, List<Application> apps) {
        if (apps.size() == 1) {
            return "";
        }
        long parts = apps.stream()
                .filter(app -> app.children().stream().anyMatch(child -> name.equals(child.name())))
                .count();
        return parts == 1
                ? "; it knows no more than one of the " + apps.size() + " reactors"
                : "; " + parts + " reactors";
    }

    private static void collect(Service service, List<String> places) {
        switch (service) {
            case ServiceGroup group -> group.children().forEach(child -> collect(child, places));
            case ServerService server when server.host() != null -> places.add(place(server.host()));
            case DatagramService udp when udp.host() != null -> places.add("udp " + udp.host());
            default -> {
                // It does something else than listen.
            }
        }
    }

    private static String place(Address host) {
        return switch (host) {
            case Address.IPv4 _, Address.IPv6 _, Address.Hostname _ -> "tcp " + host;
            case Address.Unix _, Address.Device _, Address.ChildProcess _ -> host.toString();
            case Address.Pipe _ -> "standard input";
        };
    }

    /// Standard output belongs to who is served by it, and the log goes to standard error then.
    private String logFile(List<Application> apps) {
        return options.logFile().equals("-") && apps.stream().anyMatch(ServiceRun::servesByStandardOutput)
                ? "+"
                : options.logFile();
    }

    private static boolean servesByStandardOutput(Service service) {
        return switch (service) {
            case ServiceGroup group -> group.children().stream().anyMatch(ServiceRun::servesByStandardOutput);
            case ServerService server -> server.endpoint() instanceof StandardIoEndpoint;
            default -> false;
        };
    }

    private static void watchSignals(List<Application> apps, ReactorGroup group) {
        String first = group.first().caughtSignal();
        int exitCode = ExitCode.ofSignal(first == null ? "INT" : first);
        SecondSignal.watch(count -> {
            if (count == 1) {
                log.warn("Interrupted again: aborting what is still open");
                abort(apps, group);
            } else {
                Runtime.getRuntime().exit(exitCode);
            }
        });
    }

    private static void abort(List<Application> apps, ReactorGroup group) {
        for (int i = 0; i < apps.size(); i++) {
            Application app = apps.get(i);
            group.reactors().get(i).callFromThread(() -> app.drain(Duration.ZERO));
        }
    }
}
