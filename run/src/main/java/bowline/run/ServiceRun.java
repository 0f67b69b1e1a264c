package bowline.run;

import bowline.log.Logger;
import bowline.protocol.CannotListenError;
import bowline.reactor.Reactor;
import bowline.service.Application;
import bowline.service.ServerService;
import bowline.service.Service;
import bowline.service.ServiceArguments;
import bowline.service.ServiceGroup;
import bowline.service.ServiceMaker;
import bowline.service.UsageError;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One service from making to exit code (RUN-2): make it, start it, begin the log, run the reactor, and say by which
/// signal it ended.
///
/// The first signal drains the service; a second one aborts what is still open, a third one ends the process.
final class ServiceRun {
    private static final Logger log = Logger.of("bowline");

    private final Surroundings surroundings;
    private final GlobalOptions options;

    ServiceRun(Surroundings surroundings, GlobalOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    int run(ServiceMaker maker, ServiceArguments arguments) {
        Reactor reactor = reactor();
        Application app = new Application(maker.name());
        app.add(maker.makeService(arguments, reactor));
        try (LogTarget target = LogTarget.open(options, surroundings);
                PidFile _ = pidFile(options.pidFile())) {
            // Before the application's own trigger, which begins the draining that may take too long.
            reactor.addSystemEventTrigger(Reactor.Phase.BEFORE, "shutdown", () -> watchSignals(app, reactor));
            start(app, reactor);
            surroundings.log().accept(target.observer());
            // A turn later, when signals are heard: who waits for the word may answer it with one.
            reactor.callWhenRunning(() -> reactor.callLater(Duration.ZERO, () -> announce(app)));
            reactor.run();
            String signal = reactor.caughtSignal();
            return signal == null ? ExitCode.OK : ExitCode.ofSignal(signal);
        }
    }

    private Reactor reactor() {
        try {
            return surroundings.reactors().apply(options.reactor());
        } catch (IllegalArgumentException unknown) {
            throw new UsageError("--reactor: " + unknown.getMessage(), "leave it out to take the best there is");
        }
    }

    private static @Nullable PidFile pidFile(@Nullable Path path) {
        return path == null ? null : PidFile.claim(path, ProcessHandle.current().pid());
    }

    private static void start(Application app, Reactor reactor) {
        try {
            app.startOn(reactor);
        } catch (CannotListenError taken) {
            throw new Refusal(ExitCode.UNAVAILABLE, String.valueOf(taken.getMessage()), taken);
        } catch (UncheckedIOException fault) {
            throw new Refusal(ExitCode.IO, String.valueOf(fault.getMessage()), fault);
        }
    }

    private static void announce(Application app) {
        List<String> places = new ArrayList<>();
        collect(app, places);
        log.info(
                "{service} is ready: {places}",
                app.name(),
                places.isEmpty() ? "running" : "listening on " + String.join(", ", places));
    }

    private static void collect(Service service, List<String> places) {
        switch (service) {
            case ServiceGroup group -> group.children().forEach(child -> collect(child, places));
            case ServerService server when server.host() != null -> places.add("tcp " + server.host());
            default -> {
                // It does something else than listen.
            }
        }
    }

    private static void watchSignals(Application app, Reactor reactor) {
        String first = reactor.caughtSignal();
        int exitCode = ExitCode.ofSignal(first == null ? "INT" : first);
        SecondSignal.watch(count -> {
            if (count == 1) {
                log.warn("Interrupted again: aborting what is still open");
                reactor.callFromThread(() -> app.drain(Duration.ZERO));
            } else {
                Runtime.getRuntime().exit(exitCode);
            }
        });
    }
}
