package bowline.simulation.child;

import bowline.bytes.ByteQueue;
import bowline.process.StandardPipes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Where somebody sits at a simulated host: what is typed is the standard input of the program that takes it, and what
/// that writes to standard output is printed. For the simulation's thread.
public final class Terminal {
    private final ProcessTable table;
    private final ByteQueue typed = new ByteQueue();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private BytePipe keyboard = new BytePipe();
    private BytePipe screen = new BytePipe();
    private BytePipe.Writer typist = keyboard.writer(this::pass);
    private boolean inputEnds;
    private boolean outputEnds;
    private int connected;

    /// A terminal that no program has taken yet.
    public Terminal(ProcessTable table) {
        this.table = table;
    }

    /// Types this, as UTF-8. It waits for a program that reads it.
    public void type(String text) {
        typed.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        pass();
    }

    /// After what was typed comes the end of the input.
    public void endInput() {
        inputEnds = true;
        pass();
    }

    /// Nobody reads any more what programs write.
    public void endOutput() {
        outputEnds = true;
        screen.closeReader();
    }

    /// All that was written so far.
    public String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void pass() {
        if (connected == 0) {
            return;
        }
        if (!typed.isEmpty()) {
            typist.write(typed.readable(), typed.size());
        }
        if (typed.isEmpty() && inputEnds) {
            typist.close();
        }
    }

    private void print() {
        if (screen.size() > 0) {
            printed.writeBytes(screen.read(screen.size()));
        }
    }

    /// For one program, which can take them once. The program that takes them last has what is typed from then on.
    public StandardPipes pipes() {
        return new OfOneProgram();
    }

    private final class OfOneProgram implements StandardPipes {
        private boolean taken;

        @Override
        public boolean taken() {
            return taken;
        }

        @Override
        public Pair take() {
            if (taken) {
                throw new IllegalStateException("standard input and output have a protocol already, or had one;"
                        + " a program can connect them once");
            }
            taken = true;
            return connect();
        }
    }

    private StandardPipes.Pair connect() {
        connected++;
        keyboard = new BytePipe();
        screen = new BytePipe();
        typist = keyboard.writer(this::pass);
        String where = "terminal:" + connected;
        var pair = new StandardPipes.Pair(
                new ReadingEnd(keyboard, table.pace(where + ":in"), () -> {}),
                new WritingEnd(screen, table.pace(where + ":out"), () -> {}));
        screen.onReadable(this::print);
        if (outputEnds) {
            screen.closeReader();
        }
        pass();
        return pair;
    }
}
