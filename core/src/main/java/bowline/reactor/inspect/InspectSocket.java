package bowline.reactor.inspect;

import bowline.failure.Failure;
import bowline.log.Logger;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A UNIX socket at which this process tells other processes of the same user what its reactors do and wait for. A
/// daemon thread answers, one asker after the other. It is removed when it is closed, or when the JVM ends.
///
///     try (var socket = InspectSocket.open("poetry", InspectFolder.usual())) {
///         reactor.run();
///     }
///
/// For one process there is one socket, with all its reactors. The commands of `bowline` open it by themselves.
public final class InspectSocket implements AutoCloseable {
    private static final Logger log = Logger.of(InspectSocket.class);

    /// How every answer begins: by it an asker knows that it speaks with a process of ours.
    static final String GREETING = "bowline-inspect 1 ";

    /// Longest question, in bytes.
    static final int QUESTION_MAX_BYTES = 64;

    /// How long one asker may take with its question and its answer.
    private static final Duration TIME_MAX = Answers.timeMax().plusSeconds(5);

    private final ServerSocketChannel server;
    private final Path path;
    private final Answers answers;
    private final Thread atExit = new Thread(this::remove, "remove inspect socket");

    private InspectSocket(ServerSocketChannel server, Path path, Answers answers) {
        this.server = server;
        this.path = path;
        this.answers = answers;
    }

    /// Opens it in the first of these folders that can be used, and removes what processes left there that are no
    /// more.
    ///
    /// @param title what the process is, in a few words that are no secret
    /// @throws IOException if no folder can be used; the message says why for each
    public static InspectSocket open(String title, List<InspectFolder> folders) throws IOException {
        var refused = new IOException("there is no folder for the socket");
        for (InspectFolder folder : folders) {
            try {
                return open(title, folder, ProcessHandle.current().pid());
            } catch (IOException reason) {
                reason.addSuppressed(refused);
                refused = reason;
            }
        }
        throw refused;
    }

    static InspectSocket open(String title, InspectFolder folder, long pid) throws IOException {
        folder.prepare();
        sweep(folder, pid);
        Path path = folder.socketOf(pid);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException | RuntimeException fault) {
            server.close();
            throw new IOException(
                    "no socket at " + path + ": " + Failure.of(fault).message(), fault);
        }
        var socket = new InspectSocket(server, path, new Answers(title, pid));
        Runtime.getRuntime().addShutdownHook(socket.atExit);
        Thread.ofPlatform().name("bowline inspect").daemon().start(socket::answerAll);
        return socket;
    }

    /// In a container every start may have the same number: what has ours, and nobody behind it, was left behind.
    private static void sweep(InspectFolder folder, long ours) throws IOException {
        for (long pid : folder.pids()) {
            if ((pid == ours || ProcessHandle.of(pid).isEmpty()) && !isServed(folder.socketOf(pid))) {
                Files.deleteIfExists(folder.socketOf(pid));
            }
        }
    }

    private static boolean isServed(Path socket) {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /// Where it is.
    public Path path() {
        return path;
    }

    private void answerAll() {
        while (server.isOpen()) {
            try {
                answer(server.accept());
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException | RuntimeException broken) {
                log.debug(
                        "an inspection broke off: {reason}", Failure.of(broken).message());
            }
        }
    }

    private void answer(SocketChannel asker) throws IOException {
        try (var conversation = new Conversation(asker, TIME_MAX)) {
            String word = conversation.read(next -> next == '\n', QUESTION_MAX_BYTES);
            conversation.write(GREETING + answerTo(word));
        }
    }

    private String answerTo(String word) {
        Optional<Question> question = Arrays.stream(Question.values())
                .filter(each -> each.word().equals(word))
                .findFirst();
        if (question.isEmpty()) {
            return "error\nthere is no such question; the two may be of different versions\n";
        }
        try {
            return "ok\n" + answers.to(question.get());
        } catch (RuntimeException broken) {
            Failure failure = Failure.of(broken);
            log.failure("an inspection failed", failure);
            return "error\nit cannot be described: " + failure.message() + "\n";
        }
    }

    /// Closes and removes it.
    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyEnding) {
            // The hook runs, or has run: there is nothing left for it to do.
        }
    }

    private void remove() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException refused) {
            log.warn(
                    "cannot remove the socket {path}: {reason}",
                    path,
                    Failure.of(refused).message());
        }
    }
}
