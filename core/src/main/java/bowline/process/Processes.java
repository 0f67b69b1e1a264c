package bowline.process;

import bowline.defer.Deferred;
import bowline.process.ChildDescriptor.Pipe;
import bowline.reactor.Reactor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Starts child processes (section 25). For the reactor's thread, and before it runs.
///
/// The helpers that answer a Deferred give the child nothing to read unless told to. Cancelling the Deferred
/// sends the child TERM; a program that cannot be started fails it with [CannotSpawnError].
public final class Processes {
    private static final Map<Integer, ChildDescriptor> NO_PIPES = Map.of();
    private static final Map<Integer, ChildDescriptor> OUTPUT_PIPES = Map.of(1, Pipe.READ, 2, Pipe.READ);

    private Processes() {}

    /// Starts a child whose events `protocol` hears of (PRC-1); its `connectionMade` is called inside this call.
    /// Signals that the JVM handles have their usual effect on the child. Those that the JVM was itself started
    /// without, as by `nohup`, it cannot give back (PRC-6).
    ///
    /// @throws CannotSpawnError if it cannot be started; no callback is called then (PRC-15)
    /// @throws UnsupportedOperationException for what the JDK cannot do: other descriptors than 0, 1 and 2, a
    ///     terminal, another user
    public static ProcessTransport spawn(Reactor reactor, ProcessProtocol protocol, Spawn spawn) {
        return PipedProcess.start(reactor, protocol, spawn);
    }

    /// The processes that `child` has started and that live now, with those that they started; of a child that
    /// is not of the system's, none are known. One that detached itself as daemons do is nobody's descendant
    /// any more.
    public static List<ProcessHandle> descendants(ProcessTransport child) {
        return child instanceof PipedProcess process ? process.descendants() : List.of();
    }

    /// Everything that a program writes to standard output, as UTF-8 (PRC-18). Its exit code is ignored.
    /// Anything by standard error fails the Deferred at once, with [UnexpectedErrorOutput].
    public static Deferred<String> output(Reactor reactor, String program, String... arguments) {
        return output(reactor, Spawn.command(program, arguments), OutputOptions.DEFAULT);
    }

    /// As [#output(Reactor, String, String...)], with options.
    public static Deferred<String> output(Reactor reactor, Spawn spawn, OutputOptions options) {
        return started(() -> {
            var capture = new OutputCapture(options);
            spawn(reactor, capture, spawn.descriptors(OUTPUT_PIPES));
            return capture.result();
        });
    }

    /// The exit code of a program (PRC-19). What it writes is thrown away; killed by a signal, it fails the
    /// Deferred with [ProcessTerminated].
    public static Deferred<Integer> value(Reactor reactor, String program, String... arguments) {
        return value(reactor, Spawn.command(program, arguments));
    }

    /// As [#value(Reactor, String, String...)], with the environment and directory of `spawn`.
    public static Deferred<Integer> value(Reactor reactor, Spawn spawn) {
        return started(() -> {
            var capture = new ValueCapture();
            spawn(reactor, capture, spawn.descriptors(NO_PIPES));
            return capture.result();
        });
    }

    /// Everything that a program writes, and its exit code (PRC-19). Killed by a signal, it fails the Deferred
    /// with [ProcessSignalled].
    public static Deferred<ProcessOutput> outputAndValue(Reactor reactor, String program, String... arguments) {
        return outputAndValue(reactor, Spawn.command(program, arguments), OutputOptions.DEFAULT, null);
    }

    /// As [#outputAndValue(Reactor, String, String...)], with options, and with `input` for the child to read; null
    /// for nothing.
    public static Deferred<ProcessOutput> outputAndValue(
            Reactor reactor, Spawn spawn, OutputOptions options, byte @Nullable [] input) {
        return started(() -> {
            var capture = new OutputAndValueCapture(options);
            ProcessTransport child =
                    spawn(reactor, capture, spawn.descriptors(input == null ? OUTPUT_PIPES : Spawn.STANDARD_PIPES));
            if (input != null) {
                child.write(input);
                child.closeStdin();
            }
            return capture.result();
        });
    }

    private static <T> Deferred<T> started(Callable<Deferred<T>> start) {
        return Deferred.maybeDeferred(start);
    }
}
