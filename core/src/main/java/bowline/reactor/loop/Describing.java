package bowline.reactor.loop;

import bowline.defer.PendingDeferreds;
import bowline.failure.Debug;
import bowline.protocol.Producer;
import bowline.reactor.ThreadPool;
import bowline.reactor.watch.Listed;
import bowline.reactor.watch.ReactorContents;
import bowline.reactor.watch.ReactorContents.Connection;
import bowline.reactor.watch.ReactorContents.ConnectionState;
import bowline.reactor.watch.ReactorContents.Pool;
import bowline.reactor.watch.ReactorDescription;
import bowline.reactor.watch.ReactorDescription.State;
import bowline.time.DelayedCall;
import bowline.time.TimerQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Says what a loop has open and waits for. The loop's thread gathers that, so nothing changes meanwhile; a loop that
/// does not come to it is stuck, and then the stack of its thread is what there is to say.
final class Describing {
    private static final int MOST = ReactorContents.SHOWN_MAX;

    private final Loop loop;

    private Describing(Loop loop) {
        this.loop = loop;
    }

    /// From any thread.
    static ReactorDescription of(Loop loop, Duration patience) {
        return new Describing(loop).ask(patience);
    }

    private ReactorDescription ask(Duration patience) {
        if (loop.life().stopped()) {
            return description(State.ENDED, List.of(), null);
        }
        if (loop.life().thread() == null || loop.isInIoThread()) {
            // Nobody's thread: it does not run, or others on the same thread have their turn.
            return description(loop.life().entered() ? State.RUNNING : State.NOT_RUNNING, List.of(), contents());
        }
        var answer = new CompletableFuture<ReactorContents>();
        loop.callFromThread(() -> {
            try {
                answer.complete(contents());
            } catch (RuntimeException | Error broken) {
                answer.completeExceptionally(broken);
                throw broken;
            }
        });
        return await(answer, patience);
    }

    private ReactorDescription await(CompletableFuture<ReactorContents> answer, Duration patience) {
        try {
            return description(State.RUNNING, List.of(), answer.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return withoutAnswer();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
            return withoutAnswer();
        } catch (ExecutionException broken) {
            throw new IllegalStateException("the reactor cannot be described", broken.getCause());
        }
    }

    private ReactorDescription withoutAnswer() {
        return loop.life().stopped()
                ? description(State.ENDED, List.of(), null)
                : description(State.STUCK, stack(), null);
    }

    /// Of the coroutine that has the loop's thread, if one has it, and of that thread.
    private List<String> stack() {
        return Stream.of(loop.coroutines().busyThread(), loop.life().thread())
                .filter(Objects::nonNull)
                .flatMap(thread -> Arrays.stream(thread.getStackTrace()))
                .limit(ReactorDescription.STACK_MAX)
                .map(StackTraceElement::toString)
                .toList();
    }

    private ReactorDescription description(State state, List<String> stack, @Nullable ReactorContents contents) {
        return new ReactorDescription(
                loop.watch().reactor(),
                loop.watch().threadName(),
                state,
                loop.now(),
                Duration.ofNanos(loop.nanos()),
                loop.watch().stats(),
                stack,
                contents);
    }

    // On the loop's thread

    private ReactorContents contents() {
        var ports = new ArrayList<StreamPort>();
        var datagramPorts = new ArrayList<DatagramPort>();
        var connections = new ArrayList<StreamConnection>();
        var channels = new ArrayList<Object>(loop.looseEnds().locating());
        for (Object channel : loop.openChannels()) {
            switch (channel) {
                case StreamPort port -> ports.add(port);
                case DatagramPort port -> datagramPorts.add(port);
                case StreamConnection connection when connection.connectionNumber() > 0 -> connections.add(connection);
                default -> channels.add(channel);
            }
        }
        connections.sort(Comparator.comparingLong(StreamConnection::unsentBytes)
                .reversed()
                .thenComparingLong(StreamConnection::connectionNumber));
        return new ReactorContents(
                Listed.first(MOST, ports, Describing::port),
                Listed.first(MOST, datagramPorts, Describing::datagramPort),
                Listed.first(MOST, connections, this::connection),
                states(connections),
                Listed.first(MOST, channels, channel -> said(channel::toString)),
                timers(),
                pool(loop.threadPool()),
                loop.coroutines().describe(),
                deferreds(),
                Debug.enabled(),
                Listed.first(MOST, loop.events().describe(), Describing::clean),
                loop.describedParts().describe());
    }

    private static ReactorContents.Port port(StreamPort port) {
        return new ReactorContents.Port(said(() -> port.host().toString()), said(port::logPrefix), port.accepted());
    }

    private static ReactorContents.DatagramPort datagramPort(DatagramPort port) {
        return new ReactorContents.DatagramPort(
                said(() -> port.host().toString()), said(port::logPrefix), port.droppedDatagrams());
    }

    private Connection connection(StreamConnection connection) {
        Producer producer = connection.producer;
        return new Connection(
                connection.connectionNumber(),
                connection.isClient(),
                said(() -> connection.host().toString()),
                said(() -> connection.peerNow().toString()),
                said(connection::protocolName),
                connection.state(),
                connection.openFor(),
                connection.receivedBytes(),
                connection.sent,
                connection.unsentBytes(),
                connection.keptBytes(),
                connection.blocked,
                producer == null ? null : nameOf(producer),
                connection.producerPaused);
    }

    private static Map<ConnectionState, Integer> states(List<StreamConnection> connections) {
        Map<ConnectionState, Integer> counts = new EnumMap<>(ConnectionState.class);
        connections.forEach(connection -> counts.merge(connection.state(), 1, Integer::sum));
        return counts;
    }

    private Listed<ReactorContents.Timer> timers() {
        List<DelayedCall> pending = new ArrayList<>(loop.delayedCalls());
        pending.sort(Comparator.comparingLong(DelayedCall::time));
        return Listed.first(MOST, pending, this::timer);
    }

    private ReactorContents.Timer timer(DelayedCall call) {
        Duration dueIn = Duration.ofNanos(call.time() - loop.nanos());
        return call instanceof TimerQueue.Timer timer
                ? new ReactorContents.Timer(timer.number(), dueIn, nameOf(timer.action()), places(timer.creation()))
                : new ReactorContents.Timer(0, dueIn, said(call::toString), List.of());
    }

    /// Where it was made, without the loop's own doors.
    private static List<String> places(@Nullable Throwable creation) {
        return creation == null
                ? List.of()
                : Arrays.stream(creation.getStackTrace())
                        .dropWhile(Describing::isOwnDoor)
                        .limit(ReactorContents.PLACES_MAX)
                        .map(StackTraceElement::toString)
                        .toList();
    }

    private static boolean isOwnDoor(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.startsWith(TimerQueue.class.getName())
                || name.equals(Turn.class.getName())
                || name.equals(Loop.class.getName());
    }

    private static Pool pool(ThreadPool pool) {
        int queued = pool.queuedWork();
        return new Pool(pool.max(), pool.threadCount(), Math.max(0, pool.unfinishedWork() - queued), queued);
    }

    private Listed<ReactorContents.PendingDeferred> deferreds() {
        return Listed.first(
                MOST,
                PendingDeferreds.of(loop.life().owner(), ReactorContents.PLACES_MAX),
                pending -> new ReactorContents.PendingDeferred(clean(pending.what()), pending.creator()));
    }

    // Words

    /// The class of what a program gave us; of a lambda the class that it stands in.
    static String nameOf(@Nullable Object given) {
        if (given == null) {
            return "nothing";
        }
        String name = given.getClass().getName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : "lambda in " + name.substring(0, lambda);
    }

    /// What code of the program says of itself, which may throw, and be longer than anybody reads.
    static String said(Supplier<String> words) {
        try {
            return clean(words.get());
        } catch (RuntimeException broken) {
            return clean("cannot be told: " + broken);
        }
    }

    /// Without what a terminal would obey.
    private static String clean(String text) {
        String shown = text.length() <= ReactorContents.TEXT_MAX_CHARS
                ? text
                : text.substring(0, ReactorContents.TEXT_MAX_CHARS - 1) + "…";
        return shown.codePoints().anyMatch(Character::isISOControl)
                ? shown.codePoints()
                        .map(c -> Character.isISOControl(c) ? '?' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : shown;
    }
}
