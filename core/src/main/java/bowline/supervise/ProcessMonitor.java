package bowline.supervise;

import bowline.defer.Deferred;
import bowline.process.Spawn;
import bowline.reactor.Reactor;
import bowline.service.Service;
import bowline.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps programs running while it runs itself (RUN-6): starts each, starts it again when it dies, and ends all of them
/// when it is stopped. Programs come and go at any time.
///
///     var monitor = new ProcessMonitor(reactor);
///     monitor.add("web", Spawn.command("python3", "-m", "http.server"));
///     monitor.start();
///
/// A program that dies after [MonitorOptions#threshold] is started again at once. One that dies sooner, or cannot be
/// started at all, waits first, and each time twice as long. What programs write is logged a line at a time, as
/// `[name] line`: standard output as information, standard error as a warning; they have nothing to read.
///
/// A program ends by TERM and, when that takes too long, KILL. What it had started at that moment ends with it. What it
/// started is left alone when it dies by itself, and so is what detached itself from it; and if the JVM is killed, the
/// programs live on. For the reactor's thread, and before it runs.
public final class ProcessMonitor extends Service {
    private final Clock clock;
    private final Spawner spawner;
    private final MonitorOptions options;
    private final Map<String, MonitoredProgram> programs = new LinkedHashMap<>();
    private final Set<MonitoredProgram> leaving = new LinkedHashSet<>();

    /// A monitor as usual.
    public ProcessMonitor(Reactor reactor) {
        this(reactor, MonitorOptions.USUAL);
    }

    /// A monitor with options.
    public ProcessMonitor(Reactor reactor, MonitorOptions options) {
        this(reactor, Spawner.on(reactor), options);
    }

    /// A monitor whose programs are started by `spawner`.
    public ProcessMonitor(Clock clock, Spawner spawner, MonitorOptions options) {
        this.clock = clock;
        this.spawner = spawner;
        this.options = options;
    }

    /// Adds a program, and starts it if the monitor runs. Its standard input and output are the monitor's business,
    /// whatever `spawn` says of them.
    ///
    /// @param name what it is called here and in the log
    /// @throws IllegalStateException if there is one of that name
    public void add(String name, Spawn spawn) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a program needs a name that the log can show");
        }
        if (programs.containsKey(name)) {
            throw new IllegalStateException("there is a program named \"" + name + "\" already; remove it first");
        }
        var program = new MonitoredProgram(clock, spawner, options, name, spawn);
        programs.put(name, program);
        if (running()) {
            program.start();
        }
    }

    /// Ends a program and forgets it. The Deferred fires when nothing of it is left; one of the same name that
    /// is added before does not wait for that.
    ///
    /// @throws NoSuchElementException if there is none of that name
    public Deferred<@Nullable Void> remove(String name) {
        MonitoredProgram program = named(name);
        programs.remove(name);
        leaving.add(program);
        return program.stop(options.killTimeout()).onBoth(() -> leaving.remove(program));
    }

    /// The names of the programs, in the order they were added.
    public List<String> names() {
        return List.copyOf(programs.keySet());
    }

    /// The number of the program's process; null when it has none just now.
    ///
    /// @throws NoSuchElementException if there is none of that name
    public @Nullable Long pid(String name) {
        return named(name).pid();
    }

    /// Starts a program that was stopped, or waits to be started.
    ///
    /// @throws NoSuchElementException if there is none of that name
    /// @throws IllegalStateException if the monitor does not run
    public void startProcess(String name) {
        MonitoredProgram program = named(name);
        checkRunning();
        if (program.pid() == null) {
            program.restart();
        } else {
            program.start();
        }
    }

    /// Ends a program, which stays down until [#startProcess], [#restartProcess] or the next start of the
    /// monitor. The Deferred fires when nothing of it is left.
    ///
    /// @throws NoSuchElementException if there is none of that name
    public Deferred<@Nullable Void> stopProcess(String name) {
        return named(name).stop(options.killTimeout());
    }

    /// Ends a program and starts it again as soon as it is gone.
    ///
    /// @throws NoSuchElementException if there is none of that name
    /// @throws IllegalStateException if the monitor does not run
    public void restartProcess(String name) {
        MonitoredProgram program = named(name);
        checkRunning();
        program.restart();
    }

    /// Ends every program and starts each again as soon as it is gone.
    ///
    /// @throws IllegalStateException if the monitor does not run
    public void restartAll() {
        checkRunning();
        List.copyOf(programs.values()).forEach(MonitoredProgram::restart);
    }

    private MonitoredProgram named(String name) {
        MonitoredProgram program = programs.get(name);
        if (program == null) {
            throw new NoSuchElementException("no program is named \"" + name + "\"; there are " + programs.keySet());
        }
        return program;
    }

    private void checkRunning() {
        if (!running()) {
            throw new IllegalStateException("the monitor does not run, so none of its programs is to; start() it");
        }
    }

    // As a service

    @Override
    protected void startService() {
        List.copyOf(programs.values()).forEach(MonitoredProgram::start);
    }

    @Override
    protected Deferred<@Nullable Void> stopService() {
        return end(options.killTimeout());
    }

    /// `deadline` is the time between TERM and KILL, unless the usual one is shorter.
    @Override
    protected Deferred<@Nullable Void> drainService(Duration deadline) {
        return end(deadline.compareTo(options.killTimeout()) < 0 ? deadline : options.killTimeout());
    }

    /// Asks all at once, the last added first, and waits for all.
    private Deferred<@Nullable Void> end(Duration patience) {
        var all = new ArrayList<>(leaving);
        all.addAll(programs.values());
        List<Deferred<@Nullable Void>> ends =
                all.reversed().stream().map(program -> program.stop(patience)).toList();
        Deferred<@Nullable Void> end = Deferred.succeed(null);
        for (Deferred<@Nullable Void> each : ends) {
            end = end.addCallbackDeferring(_ -> each);
        }
        return end;
    }
}
