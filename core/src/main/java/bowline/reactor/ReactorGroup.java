package bowline.reactor;

import bowline.defer.Deferred;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.Factory;
import bowline.protocol.TransportLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Several reactors as one program: one for each core, each with a thread of its own (architecture, decision 1).
///
///     ReactorGroup group = ReactorGroup.create();
///     group.listenTcp(7777, reactor -> Factory.of(Echo::new), ListenOptions.DEFAULT);
///     group.run();
///
/// A connection lives and dies on one reactor, so protocols and factories need no locks: each reactor has a factory of
/// its own. What reactors do for each other goes by [#callOn].
///
/// **Life.** [#run] drives the first reactor on the calling thread and the others on theirs. The first one leads: it
/// hears the signals, begins the shutdown whoever asked for it, and is the last to leave, so its system events are
/// those of the whole group:
///
///     stop, signal, or the end of any reactor
///       first: before shutdown   ports take in who waits and close, then the others stop, each by its own before,
/// during, after
///       first: during, after     when all the others have ended
///
/// Everything is set up before `run()`, on any one thread; from then on each reactor has its own.
public final class ReactorGroup {
    private static final Logger log = Logger.of(ReactorGroup.class);

    /// Most reactors of a group: far more than there are cores.
    public static final int SIZE_MAX = 1024;

    /// How long the end of the others waits for a reactor that is too busy to accept its last.
    private static final Duration STOP_ACCEPTING_WAIT = Duration.ofSeconds(1);

    private final ReactorProvider provider;
    private final List<GroupMember> members = new ArrayList<>();
    private final List<Reactor> reactors;
    private final Reactor first;
    private final List<SharedPort> shared = new CopyOnWriteArrayList<>();
    private final AtomicReference<Life> life = new AtomicReference<>(Life.NEW);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<Runnable> ends = new ArrayList<>(); // each waits for the end of one of the others
    private volatile SharingOptions sharing = SharingOptions.DEFAULT;
    private @Nullable Deferred<@Nullable Void> othersGone; // of the first's thread, as is what follows
    private int othersLeft;
    private List<Integer> bound = List.of(); // each reactor's processor; none: they run where they are put
    private List<Integer> usable = List.of(); // those to choose from, if they are bound

    private enum Life {
        NEW,
        RUNNING,
        OVER
    }

    private ReactorGroup(ReactorProvider provider, int size) {
        if (size < 1 || size > SIZE_MAX) {
            throw new IllegalArgumentException("a group of " + size + " reactors is not one of 1 to " + SIZE_MAX);
        }
        this.provider = provider;
        for (int i = 1; i <= size; i++) {
            members.add(new GroupMember(provider.create(), "bowline-reactor-" + i));
        }
        reactors = members.stream().map(GroupMember::reactor).toList();
        first = reactors.getFirst();
    }

    /// A reactor for each processor, of the best backend there is.
    public static ReactorGroup create() {
        return create(Runtime.getRuntime().availableProcessors());
    }

    /// So many reactors of the best backend there is.
    public static ReactorGroup create(int size) {
        return create(ReactorProvider.best(), size);
    }

    /// So many reactors of one backend.
    ///
    /// @throws IllegalArgumentException if `size` is not from 1 to [#SIZE_MAX]
    public static ReactorGroup create(ReactorProvider provider, int size) {
        return new ReactorGroup(provider, size);
    }

    /// The reactors. From any thread.
    public List<Reactor> reactors() {
        return reactors;
    }

    /// How many there are.
    public int size() {
        return members.size();
    }

    /// The one that leads, on the thread that calls [#run].
    public Reactor first() {
        return first;
    }

    /// The reactor of the calling thread, or null when it is none of them.
    public @Nullable Reactor current() {
        for (Reactor reactor : reactors) {
            if (reactor.isInIoThread()) {
                return reactor;
            }
        }
        return null;
    }

    // Ports

    /// A port for these reactors to share, which nobody listens on yet.
    public SharedPort share(int port, ListenOptions options, SharingOptions sharing) {
        SharedPort made = provider.share(port, options, sharing);
        shared.add(made);
        return made;
    }

    /// A UNIX socket for these reactors to share, which nobody listens at yet.
    ///
    /// @throws UnsupportedOperationException if that cannot be, or not in the way wanted
    public SharedPort share(Address.Unix where, UnixListenOptions options, SharingOptions sharing) {
        SharedPort made = provider.share(where, options, sharing);
        shared.add(made);
        return made;
    }

    /// A listening socket for these reactors to share, which the program brings by its descriptor (LIS-9);
    /// nobody listens on it yet. The first to listen takes a copy.
    ///
    /// @param limits how much each accepted connection may hold in memory
    /// @throws UnsupportedOperationException if that cannot be, or not in the way wanted
    public SharedPort share(int descriptor, TransportLimits limits, SharingOptions sharing) {
        SharedPort made = provider.share(descriptor, limits, sharing);
        shared.add(made);
        return made;
    }

    /// How its ports are shared when nothing else is said, as at endpoints that a description names.
    public SharingOptions sharing() {
        return sharing;
    }

    /// Sets that for ports made from now on. Before [#run].
    public void sharing(SharingOptions options) {
        sharing = Objects.requireNonNull(options);
    }

    /// Has all reactors listen on one port, each with a factory of its own. Before [#run]; later, [#share] a
    /// port and let each listen by [#callOn].
    ///
    /// @param port the number; 0 picks a free one
    /// @param factories makes the factory of a reactor
    /// @throws CannotListenError if the port cannot be taken
    public SharedPort listenTcp(
            int port, Function<? super Reactor, ? extends Factory<?>> factories, ListenOptions options) {
        if (life.get() != Life.NEW) {
            throw new IllegalStateException("listenTcp on a group that runs or has run; share() a port and let each"
                    + " reactor listen by callOn(…)");
        }
        SharedPort made = share(port, options, sharing);
        for (Reactor reactor : reactors) {
            made.listen(reactor, factories.apply(reactor));
        }
        return made;
    }

    // Processors

    /// Binds the thread of each reactor to a processor of its own, in order; if there are more reactors than
    /// processors, some share one. Before [#run].
    ///
    /// A thread that is bound finds its data in that processor's cache, and never waits for another one, even
    /// if that is idle: it serves a machine that does nothing else. The threads of the reactors' pools stay
    /// free. Other threads that a reactor's thread starts, and child processes, are bound as it is, unless
    /// started by [#unbound].
    ///
    /// @throws UnsupportedOperationException if the backend cannot; the message names those that can
    public void bindToProcessors() {
        bindToProcessors(provider.processors());
    }

    /// The same with processors of the caller's choice, by their numbers: the first reactor is bound to the
    /// first of them, and so on.
    ///
    /// @throws IllegalArgumentException if there are none, or one that this process may not use
    /// @throws UnsupportedOperationException if the backend cannot; the message names those that can
    public void bindToProcessors(List<Integer> processors) {
        if (life.get() != Life.NEW) {
            throw new IllegalStateException("bindToProcessors on a group that runs or has run; call it before run()");
        }
        usable = provider.processors();
        if (processors.isEmpty() || !usable.containsAll(processors)) {
            throw new IllegalArgumentException(
                    "processors " + processors + " of which this process may use " + usable + "; choose among these");
        }
        bound = List.copyOf(processors);
    }

    /// Makes a call on the thread of one of these reactors as if that were not bound: neither are threads and child
    /// processes that it starts.
    ///
    /// @throws Exception what `call` throws
    public <T extends @Nullable Object> T unbound(Callable<T> call) throws Exception {
        if (bound.isEmpty()) {
            return call.call();
        }
        List<Integer> here = provider.processors();
        provider.bindThread(usable);
        try {
            return call.call();
        } finally {
            provider.bindThread(here);
        }
    }

    private void bind() {
        for (int i = 0; i < reactors.size() && !bound.isEmpty(); i++) {
            bind(reactors.get(i), bound.get(i % bound.size()));
        }
    }

    private void bind(Reactor reactor, int processor) {
        reactor.addSystemEventTrigger(Reactor.Phase.BEFORE, "startup", () -> {
            List<Integer> before = provider.processors();
            reactor.threadPool().whenThreadBegins(() -> provider.bindThread(before));
            reactor.addSystemEventTrigger(Reactor.Phase.AFTER, "shutdown", () -> provider.bindThread(before));
            provider.bindThread(List.of(processor));
        });
    }

    // Calls between reactors

    /// Runs `call` on `target`'s thread. The answer comes as a Deferred of the calling reactor; cancelling that
    /// cancels the other. A value is handed over as it is: let it be one that two threads may have. Called for
    /// the own reactor, it runs at once. The answer is [ReactorNotRunning] if `target` ends before it has one.
    ///
    /// @throws IllegalStateException if the calling thread is no reactor's of this group
    /// @throws IllegalArgumentException if `target` is none of this group
    public <T extends @Nullable Object> Deferred<T> callOn(Reactor target, Callable<? extends Deferred<T>> call) {
        Reactor caller = current();
        if (caller == null) {
            throw new IllegalStateException("callOn(…) on the thread \""
                    + Thread.currentThread().getName() + "\", which is no reactor's of this group; use"
                    + " callFromThread or blockingCallFromThread");
        }
        GroupMember other = member(target);
        return caller == target ? Deferred.maybeDeferred(call) : new Errand<>(caller, other, call).send();
    }

    private GroupMember member(Reactor reactor) {
        int at = reactors.indexOf(reactor);
        if (at < 0) {
            throw new IllegalArgumentException("the reactor is none of this group's " + reactors.size());
        }
        return members.get(at);
    }

    // Life

    /// Runs the group until it is stopped, with signal handlers (SIG-1).
    ///
    /// @throws ReactorAlreadyRunning if it is running
    /// @throws ReactorNotRestartable if it ran before
    /// @throws IllegalStateException when it is over, if the thread of one of the reactors has failed
    public void run() {
        run(true);
    }

    /// Runs the group until it is stopped.
    ///
    /// @param installSignalHandlers whether SIGINT and SIGTERM stop it
    public void run(boolean installSignalHandlers) {
        begin();
        try {
            first.run(installSignalHandlers);
        } finally {
            end();
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("a reactor of the group has failed: " + thrown, thrown);
        }
    }

    /// As [#run(boolean)], but returns at once: the first reactor has a thread of its own like the others, or
    /// whatever its backend runs it by.
    ///
    /// @param ended called when all of them have ended, on no reactor's thread, with what one has failed by or null
    public void start(boolean installSignalHandlers, Consumer<@Nullable Throwable> ended) {
        begin();
        GroupMember leader = members.getFirst();
        provider.runBeside(first, leader.name(), installSignalHandlers, thrown -> {
            failed(leader, thrown);
            end();
            ended.accept(failure.get());
        });
    }

    private void begin() {
        if (!life.compareAndSet(Life.NEW, Life.RUNNING)) {
            if (life.get() == Life.RUNNING) {
                throw new ReactorAlreadyRunning();
            }
            throw new ReactorNotRestartable();
        }
        bind();
        first.addSystemEventTriggerDeferring("shutdown", this::endOthers);
        List<GroupMember> others = members.subList(1, members.size());
        othersLeft = others.size();
        for (GroupMember other : others) {
            other.reactor().addSystemEventTrigger(Reactor.Phase.BEFORE, "shutdown", this::stopFirst);
        }
        for (GroupMember other : others) {
            ends.add(provider.runBeside(other.reactor(), other.name(), false, thrown -> {
                failed(other, thrown);
                other.ended();
                first.callFromThread(this::otherGone);
            }));
        }
    }

    private void failed(GroupMember member, @Nullable Throwable thrown) {
        if (thrown != null) {
            failure.compareAndSet(null, thrown);
            log.error("{reactor} failed, and with it ends the group: {reason}", member.name(), String.valueOf(thrown));
        }
    }

    private void otherGone() {
        othersLeft--;
        stopNow();
        if (othersLeft == 0 && othersGone != null) {
            othersGone.callback(null);
        }
    }

    /// Asks all of them to end. Returns at once; asking again changes nothing. From any thread.
    ///
    /// @throws ReactorNotRunning if the group does not run
    public void stop() {
        if (life.get() != Life.RUNNING) {
            throw new ReactorNotRunning("ReactorGroup.stop()");
        }
        stopFirst();
    }

    private void stopFirst() {
        first.callFromThread(this::stopNow);
    }

    private void stopNow() {
        members.getFirst().stop();
    }

    /// The first's shutdown begins: nothing is accepted any more, then the others end, and that is waited for.
    private Deferred<@Nullable Void> endOthers() {
        Deferred<@Nullable Void> accepting = Deferred.succeed(null);
        for (Reactor reactor : reactors) {
            Deferred<@Nullable Void> stopped = this.<@Nullable Void>callOn(reactor, () -> stopAccepting(reactor))
                    .addTimeout(STOP_ACCEPTING_WAIT, first)
                    .addErrback(_ -> null); // it is on its way out, or too busy to be waited for
            accepting = accepting.addCallbackDeferring(_ -> stopped);
        }
        return accepting.addCallbackDeferring(_ -> stopOthers());
    }

    private Deferred<@Nullable Void> stopAccepting(Reactor reactor) {
        Deferred<@Nullable Void> all = Deferred.succeed(null);
        for (SharedPort port : shared) {
            Deferred<@Nullable Void> drained = port.drain(reactor);
            all = all.addCallbackDeferring(_ -> drained);
        }
        return all;
    }

    /// What was accepted has been handed over by now, so each takes it before it hears of the end.
    private Deferred<@Nullable Void> stopOthers() {
        for (GroupMember other : members.subList(1, members.size())) {
            other.reactor().callFromThread(other::stop);
        }
        if (othersLeft == 0) {
            return Deferred.succeed(null);
        }
        var gone = new Deferred<@Nullable Void>();
        othersGone = gone;
        return gone;
    }

    /// However the first has ended, nobody is left behind.
    private void end() {
        members.getFirst().ended();
        for (GroupMember other : members.subList(1, members.size())) {
            other.reactor().callFromThread(other::stop);
        }
        ends.forEach(Runnable::run);
        life.set(Life.OVER);
    }
}
