package bowline.process;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/// Standard input and output of this process: there is one of each.
final class SystemPipes implements StandardPipes {
    static final SystemPipes INSTANCE = new SystemPipes();

    private final AtomicBoolean taken = new AtomicBoolean();

    private SystemPipes() {}

    @Override
    public boolean taken() {
        return taken.get();
    }

    @Override
    public Pair take() {
        if (taken.getAndSet(true)) {
            throw new IllegalStateException("standard input and output have a protocol already, or had one;"
                    + " a process can connect them once");
        }
        return over(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    }

    /// Any two streams, each with a thread.
    static Pair over(InputStream in, OutputStream out) {
        return new Pair(new ThreadedInput(in, "stdio-in"), new ThreadedOutput(out, "stdio-out"));
    }
}
