package bowline.linux.process;

import bowline.linux.socket.DescriptorReactor;
import bowline.linux.system.Errno;
import bowline.linux.system.OpenFlags;
import bowline.log.Logger;
import bowline.process.PipeInput;
import bowline.process.PipeOutput;
import bowline.process.StandardPipes;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Standard input and output on a reactor's poller (STD-1), where they are pipes or terminals; files, sockets and all
/// else are left to threads.
///
/// What is polled is opened anew, by `/proc/self/fd`: so it is ours alone that does not block, and not that of the
/// shell which has the same terminal. The one that was inherited stays open until the connection closes it.
public final class StandardDescriptors implements StandardPipes {
    private static final Logger log = Logger.of(StandardDescriptors.class);

    private static final int INPUT = 0;
    private static final int OUTPUT = 1;
    private static final int OPEN_FLAGS = OpenFlags.NONBLOCK | OpenFlags.CLOEXEC | OpenFlags.NO_CONTROLLING_TERMINAL;

    private final DescriptorReactor reactor;
    /// What is taken in place of those that cannot be polled, and knows whether they are taken.
    private final StandardPipes threaded = StandardPipes.ofProcess();

    /// Those of this process.
    public StandardDescriptors(DescriptorReactor reactor) {
        this.reactor = reactor;
    }

    @Override
    public boolean taken() {
        return threaded.taken();
    }

    @Override
    public Pair take() {
        Pair others = threaded.take();
        ByteBuffer buffer = ByteBuffer.allocateDirect(ReadingPipe.READ_MAX_BYTES);
        PipeInput polledInput =
                opened(INPUT, OPEN_FLAGS, descriptor -> new Input(new ReadingPipe(reactor, descriptor, buffer)));
        PipeOutput polledOutput = opened(
                OUTPUT,
                OPEN_FLAGS | OpenFlags.WRITE_ONLY,
                descriptor -> new Output(new WritingPipe(reactor, descriptor, buffer)));
        return new Pair(
                polledInput == null ? others.input() : polledInput,
                polledOutput == null ? others.output() : polledOutput);
    }

    private <T> @Nullable T opened(int number, int flags, IntFunction<T> making) {
        Path path = Path.of("/proc/self/fd/" + number);
        if (!isPipeOrTerminal(path)) {
            return null;
        }
        long descriptor = reactor.system().open(path.toString(), flags);
        if (descriptor < 0) {
            log.debug("descriptor {number} is not opened anew: {reason}", number, Errno.text(descriptor));
            return null;
        }
        return making.apply((int) descriptor);
    }

    /// A named pipe is none of them: of one that nobody writes any more, the poller does not tell the end.
    private static boolean isPipeOrTerminal(Path path) {
        try {
            String what = Files.readSymbolicLink(path).toString();
            return what.startsWith("pipe:") || what.startsWith("/dev/pts/") || what.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    private static void closeInput() {
        try {
            new FileInputStream(FileDescriptor.in).close();
        } catch (IOException closed) {
            log.debug("standard input was closed already: {reason}", closed);
        }
    }

    private static void closeOutput() {
        try {
            new FileOutputStream(FileDescriptor.out).close();
        } catch (IOException closed) {
            log.debug("standard output was closed already: {reason}", closed);
        }
    }

    /// Closes what was inherited with what is polled.
    private record Input(PipeInput polled) implements PipeInput {
        @Override
        public void start(Taker taker) {
            polled.start(new Taker() {
                @Override
                public void arrived(ByteBuffer piece) {
                    taker.arrived(piece);
                }

                @Override
                public void ended() {
                    closeInput();
                    taker.ended();
                }
            });
        }

        @Override
        public void taken() {
            polled.taken();
        }

        @Override
        public void close() {
            polled.close();
            closeInput();
        }
    }

    /// Closes what was inherited with what is polled.
    private record Output(PipeOutput polled) implements PipeOutput {
        @Override
        public void start(Teller teller) {
            polled.start(new Teller() {
                @Override
                public void sent(int bytes) {
                    teller.sent(bytes);
                }

                @Override
                public void fileSent(int bytes) {
                    teller.fileSent(bytes);
                }

                @Override
                public void fileDone() {
                    teller.fileDone();
                }

                @Override
                public void ended(@Nullable IOException fault) {
                    closeOutput();
                    teller.ended(fault);
                }
            });
        }

        @Override
        public void write(ByteBuffer bytes) {
            polled.write(bytes);
        }

        @Override
        public void write(FileChannel file, long position, long count) {
            polled.write(file, position, count);
        }

        @Override
        public void complete() {
            polled.complete();
        }

        @Override
        public void drop() {
            polled.drop();
            closeOutput();
        }
    }
}
