package bowline.simulation.child;

import bowline.bytes.ByteQueue;
import bowline.process.Spawn;
import bowline.simulation.net.Agenda;
import bowline.time.Action;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A process of the simulated system, as its [ChildScript] has it: what it was started with, its input, output, timers
/// and signals, and its end. For the simulation's thread.
///
///     host.program("greeter", child -> {
///         child.onLine(name -> child.out("hello, " + name + "\n"));
///         child.onInputEnd(() -> child.exit(0));
///         child.onSignal("TERM", () -> child.exit(3));
///     });
///
/// It reads nothing until it asks to be told of input, and a pipe that nobody reads fills up. What it writes waits
/// while the pipe is full. If nobody reads the pipe any more it gets the signal PIPE. A signal without a handler
/// does what it does to every process, which for most is to end it.
public final class SimulatedChild {
    private static final int SIGNAL_BASE = 128;

    private final ProcessTable table;
    private final Spawn spawn;
    private final long pid;
    private final Pace pace;
    private final @Nullable BytePipe input;
    private final ChildOutput out;
    private final ChildOutput err;
    private final Map<String, Action> handlers = new HashMap<>();
    private final Set<Agenda.Entry> timers = new LinkedHashSet<>();
    private final List<Runnable> held = new ArrayList<>();
    private final ByteQueue unread = new ByteQueue();
    private @Nullable InputHandler inputHandler;
    private Action inputEndHandler = () -> {};
    private Action writtenHandler = () -> {};
    private State state = State.NEW;
    private int status;
    private boolean stopped;
    private boolean reading;
    private boolean inputEnded;

    private enum State {
        NEW,
        RUNNING,
        EXITING,
        ENDED
    }

    /// Is told of what a child reads.
    @FunctionalInterface
    public interface InputHandler {

        /// More has come. What is left unread comes again, with more behind it.
        ///
        /// @throws Exception fails the simulation
        void received(ByteBuffer unread) throws Exception;
    }

    SimulatedChild(
            ProcessTable table,
            Spawn spawn,
            long pid,
            @Nullable BytePipe input,
            @Nullable BytePipe out,
            @Nullable BytePipe err) {
        this.table = table;
        this.spawn = spawn;
        this.pid = pid;
        this.input = input;
        this.out = new ChildOutput(this, out);
        this.err = new ChildOutput(this, err);
        pace = table.pace(pid + ":child");
    }

    private SimulatedChild(SimulatedChild parent, long pid) {
        table = parent.table;
        spawn = parent.spawn;
        this.pid = pid;
        input = null;
        out = parent.out.shared(this);
        err = parent.err.shared(this);
        pace = table.pace(pid + ":child");
    }

    // What it was started with

    /// Its number.
    public long pid() {
        return pid;
    }

    /// The program, and its arguments (PRC-2).
    public List<String> command() {
        return spawn.command();
    }

    /// Its environment: that of its [Spawn], or the host's.
    public Map<String, String> environment() {
        return spawn.environment() == null ? table.environment() : spawn.environment();
    }

    /// Where it works; null: where its parent does.
    public @Nullable Path directory() {
        return spawn.directory();
    }

    // Input

    /// Reads, and has `handler` told of what comes.
    public void onInput(InputHandler handler) {
        inputHandler = handler;
        if (input != null) {
            input.onReadable(this::readSoon);
        }
        readSoon();
    }

    /// Reads, and has `handler` told of each line (UTF-8), without its end `\n`; what comes behind the last is
    /// left.
    public void onLine(Consumer<String> handler) {
        onInput(bytes -> {
            for (int i = bytes.position(); i < bytes.limit(); i++) {
                if (bytes.get(i) == '\n') {
                    String line = text(bytes.slice(bytes.position(), i - bytes.position()));
                    bytes.position(i + 1);
                    handler.accept(line);
                }
            }
        });
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    /// Has `handler` told when all input was read and there will be no more; by a child that reads.
    public void onInputEnd(Action handler) {
        inputEndHandler = handler;
    }

    /// Closes standard input: its parent finds the pipe broken when it writes the next time.
    public void closeInput() {
        inputEnded = true;
        if (input != null) {
            input.closeReader();
        }
    }

    private void readSoon() {
        if (!reading && !inputEnded && inputHandler != null && (input == null || input.canRead())) {
            reading = true;
            soon(this::read);
        }
    }

    private void read() {
        reading = false;
        InputHandler handler = inputHandler;
        if (state != State.RUNNING || inputEnded || handler == null) {
            return;
        }
        if (input == null || input.atEnd()) {
            inputEnded = true;
            script(inputEndHandler);
            return;
        }
        byte[] piece = input.read(pace.piece(input.size()));
        unread.write(piece, 0, piece.length);
        script(() -> handler.received(unread.readable()));
        readSoon();
    }

    // Output

    /// Writes text to standard output, as UTF-8.
    public void out(String text) {
        out(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Writes to standard output, and takes all of it.
    public void out(ByteBuffer bytes) {
        write(out, bytes);
    }

    /// Writes text to standard error, as UTF-8.
    public void err(String text) {
        err(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Writes to standard error, and takes all of it.
    public void err(ByteBuffer bytes) {
        write(err, bytes);
    }

    private void write(ChildOutput to, ByteBuffer bytes) {
        if (state == State.RUNNING) {
            to.write(bytes);
        } else {
            bytes.position(bytes.limit()); // it has ended
        }
    }

    /// Has `handler` told whenever all that was written is in the pipes: who has much to say writes the next part
    /// then.
    public void onWritten(Action handler) {
        writtenHandler = handler;
    }

    void written() {
        if (out.isWritten() && err.isWritten()) {
            script(writtenHandler);
            endIfWritten();
        }
    }

    /// Closes standard output.
    public void closeOutput() {
        out.close();
    }

    /// Closes standard error.
    public void closeErrors() {
        err.close();
    }

    // Time, signals, children

    /// Does `work` so long from now, unless it has ended by then.
    public void after(Duration delay, Action work) {
        var timer = new Agenda.Entry[1];
        timer[0] = table.agenda().after(delay.toNanos(), () -> {
            timers.remove(timer[0]);
            unlessStopped(() -> script(work));
        });
        timers.add(timer[0]);
    }

    /// Has `handler` called for that signal, instead of what the signal does by itself.
    ///
    /// @param name without `SIG`
    /// @throws IllegalArgumentException if there is no such signal, or nobody can handle it: KILL and STOP
    public void onSignal(String name, Action handler) {
        Signals.number(name);
        if (name.equals("KILL") || name.equals("STOP")) {
            throw new IllegalArgumentException("no process can handle " + name);
        }
        handlers.put(name, handler);
    }

    /// Starts a child of its own, which has the same standard output and errors, and nothing to read. It goes
    /// on when its parent ends.
    public SimulatedChild fork(ChildScript script) {
        return table.fork(this, script);
    }

    SimulatedChild forked(long newPid) {
        return new SimulatedChild(this, newPid);
    }

    // The end

    /// Ends with that code, once what it wrote is in its pipes; nothing else happens to it any more.
    ///
    /// @param code from 0 to 255
    /// @throws IllegalArgumentException if it is none
    public void exit(int code) {
        if (code < 0 || code > 255) {
            throw new IllegalArgumentException("exit code " + code + "; there are 0 to 255");
        }
        if (state == State.RUNNING) {
            state = State.EXITING;
            status = code;
            endIfWritten();
        }
    }

    /// Dies at once by that signal, as if it had sent it to itself without handling it.
    ///
    /// @param name without `SIG`
    /// @throws IllegalArgumentException if there is no such signal
    public void die(String name) {
        end(SIGNAL_BASE + Signals.number(name));
    }

    private void endIfWritten() {
        if (state == State.EXITING && out.isWritten() && err.isWritten()) {
            end(status);
        }
    }

    private void end(int endStatus) {
        if (state != State.ENDED) {
            vanish();
            closeInput();
            out.close();
            err.close();
            table.ended(this, endStatus);
        }
    }

    /// It is gone, and nobody is told.
    void vanish() {
        state = State.ENDED;
        timers.forEach(Agenda.Entry::cancel);
        timers.clear();
        held.clear();
    }

    /// Whether it has not ended.
    public boolean isAlive() {
        return state != State.ENDED;
    }

    // For its machine

    /// The program was loaded, and its script begins.
    void begin(ChildScript script) {
        if (state == State.NEW) {
            state = State.RUNNING;
            script(() -> script.begin(this));
        }
    }

    /// A signal reaches it.
    void signalled(int number) {
        if (state == State.ENDED) {
            return;
        }
        String name = Signals.name(number);
        switch (name) {
            case "KILL" -> end(SIGNAL_BASE + number);
            case "CONT" -> goOn();
            default -> unlessStopped(() -> take(number, name));
        }
    }

    private void take(int number, String name) {
        Action handler = handlers.get(name);
        if (handler != null && state == State.RUNNING) {
            script(handler);
            return;
        }
        switch (Signals.effect(number)) {
            case END -> end(SIGNAL_BASE + number);
            case STOP -> stopped = true;
            case CONTINUE, NOTHING -> {}
        }
    }

    private void goOn() {
        stopped = false;
        List<Runnable> waiting = List.copyOf(held);
        held.clear();
        waiting.forEach(this::unlessStopped);
    }

    /// Does `work` soon, if it has not ended by then.
    void soon(Runnable work) {
        pace.soon(() -> unlessStopped(work));
    }

    private void unlessStopped(Runnable work) {
        if (stopped) {
            held.add(work);
        } else if (state != State.ENDED) {
            work.run();
        }
    }

    private void script(Action work) {
        if (state != State.RUNNING) {
            return;
        }
        try {
            table.as(work);
        } catch (Exception thrown) {
            throw new IllegalStateException("the script of " + this + " threw " + thrown, thrown);
        }
    }

    /// `process 101 (sort -u)`
    @Override
    public String toString() {
        return "process " + pid + " (" + String.join(" ", command()) + ")";
    }
}
