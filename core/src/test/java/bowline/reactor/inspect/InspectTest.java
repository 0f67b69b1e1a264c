package bowline.reactor.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.reactor.Reactor;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The socket by which a process is asked what it waits for, asked by itself.
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class InspectTest {
    private static final long SELF = ProcessHandle.current().pid();

    @TempDir
    private Path home;

    private InspectFolder folder() {
        return new InspectFolder(home.resolve("sockets"));
    }

    private Inspection inspection() {
        return new Inspection(List.of(folder()));
    }

    private InspectSocket socket() throws IOException {
        return InspectSocket.open("a \"test\"", List.of(folder()));
    }

    /// A number that no process has: the greatest that Linux gives is smaller.
    private static final long NOBODY = 1L << 40;

    @Test
    void tellsOfEveryReactorInTheProcess() throws Exception {
        Reactor first = Reactor.create();
        Reactor second = Reactor.create();
        var running = new CountDownLatch(2);
        List<Thread> threads = List.of(first, second).stream()
                .map(reactor -> {
                    reactor.callWhenRunning(running::countDown);
                    reactor.callLater(Duration.ofHours(1), () -> {});
                    return Thread.ofPlatform().start(() -> reactor.run(false));
                })
                .toList();
        running.await();

        try (InspectSocket _ = socket()) {
            assertThat(inspection().ask(SELF, Question.TEXT))
                    .startsWith("process " + SELF + ": a \"test\", since ")
                    .contains("reactor " + first.watch().reactor() + ": running on thread ")
                    .contains("reactor " + second.watch().reactor() + ": running on thread ");
            assertThat(inspection().ask(SELF, Question.JSON))
                    .startsWith("{\"pid\": " + SELF + ", \"title\": \"a \\\"test\\\"\", \"started\": \"")
                    .contains("\"reactors\": [{\"reactor\": ")
                    .contains("}, {\"reactor\": ")
                    .endsWith("]}\n");
            assertThat(inspection().ask(SELF, Question.METRICS))
                    .contains(
                            "bowline_timers_waiting{reactor=\"" + second.watch().reactor() + "\"} 1");
            assertThat(inspection().processes())
                    .hasEntrySatisfying(SELF, who -> assertThat(who).contains("a \"test\", since "));
        } finally {
            first.callFromThread(first::stop);
            second.callFromThread(second::stop);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    @Test
    void answersWhenAReactorIsStuck() throws Exception {
        Reactor reactor = Reactor.create();
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        reactor.callWhenRunning(() -> {
            inside.countDown();
            hang(goOn);
        });
        Thread thread = Thread.ofPlatform().start(() -> reactor.run(false));
        inside.await();

        try (InspectSocket _ = socket()) {
            assertThat(inspection().ask(SELF, Question.TEXT))
                    .contains(": stuck on thread")
                    .contains("InspectTest.hang");
        } finally {
            goOn.countDown();
            reactor.callFromThread(reactor::stop);
            thread.join();
        }
    }

    private static void hang(CountDownLatch goOn) throws InterruptedException {
        goOn.await();
    }

    @Test
    void makesItsFolderForItsOwnerAloneAndRemovesTheSocket() throws Exception {
        Path path;
        try (InspectSocket socket = socket()) {
            path = socket.path();
            assertThat(path).exists();
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().path())));
        }
        assertThat(path).doesNotExist();
        assertThat(inspection().processes()).isEmpty();
    }

    @Test
    void refusesAFolderThatOthersMayUse() throws Exception {
        Files.createDirectory(
                folder().path(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));

        assertThatThrownBy(this::socket)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("rwxr-x---")
                .hasMessageContaining("chmod 700");
        assertThatThrownBy(() -> inspection().processes()).hasMessageContaining("rwxr-x---");
    }

    @Test
    void refusesALinkThatSomebodyMayHaveLaid() throws Exception {
        Path elsewhere = Files.createDirectory(
                home.resolve("elsewhere"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(folder().path(), elsewhere);

        assertThatThrownBy(this::socket).isInstanceOf(IOException.class).hasMessageContaining("a link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void takesTheNextFolderWhenOneCannotBeUsed() throws Exception {
        var missing = new InspectFolder(home.resolve("no/such"));

        try (InspectSocket socket = InspectSocket.open("test", List.of(missing, folder()))) {
            assertThat(socket.path()).startsWith(folder().path());
            assertThat(new Inspection(List.of(missing, folder())).ask(SELF, Question.WHO))
                    .startsWith("test, since ");
        }
    }

    @Test
    void removesWhatDeadProcessesLeftAndNothingElse() throws Exception {
        folder().prepare();
        Path left = leftBehind(NOBODY);
        Path own = leftBehind(SELF);
        Path other = leftBehind(ProcessHandle.current().parent().orElseThrow().pid());
        Path note = Files.writeString(folder().path().resolve("note.txt"), "mine");

        try (InspectSocket socket = socket()) {
            assertEquals(own, socket.path());
            assertThat(left).doesNotExist();
            assertThat(other).exists();
            assertThat(note).exists();
        }
    }

    /// A socket that nobody listens at any more.
    private Path leftBehind(long pid) throws IOException {
        Path path = folder().socketOf(pid);
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
        }
        return path;
    }

    @Test
    void saysWhyAProcessCannotBeAsked() throws Exception {
        assertThatThrownBy(() -> inspection().ask(NOBODY, Question.TEXT))
                .isInstanceOf(NotInspectable.class)
                .hasMessage("there is no process " + NOBODY);
        assertThatThrownBy(() -> inspection().ask(SELF, Question.TEXT))
                .isInstanceOf(NotInspectable.class)
                .hasMessageContaining("--no-inspect")
                .hasMessageContaining(folder().toString());

        folder().prepare();
        leftBehind(NOBODY);
        assertThatThrownBy(() -> inspection().ask(NOBODY, Question.TEXT))
                .isInstanceOf(NotInspectable.class)
                .hasMessageContaining("has ended without removing it");
        assertThat(inspection().processes()).isEmpty();
    }

    @Test
    void knowsWhoIsNoneOfOurs() throws Exception {
        folder().prepare();
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(folder().socketOf(NOBODY)));
            Thread stranger = Thread.ofPlatform().daemon().start(() -> {
                try (SocketChannel asker = server.accept()) {
                    asker.read(ByteBuffer.allocate(100));
                    asker.write(StandardCharsets.US_ASCII.encode("220 mail ready\r\n"));
                } catch (IOException broken) {
                    throw new AssertionError(broken);
                }
            });

            assertThatThrownBy(() -> inspection().ask(NOBODY, Question.TEXT))
                    .isInstanceOf(NotInspectable.class)
                    .hasMessageContaining("no Bowline process");
            stranger.join();
        }
    }

    @Test
    void survivesBadQuestions() throws Exception {
        try (InspectSocket socket = socket()) {
            assertThat(exchange(socket, "describe everything\n")).startsWith("bowline-inspect 1 error\n");
            assertThat(exchange(socket, "x".repeat(100_000))).isEmpty();
            assertThat(exchange(socket, "who\n")).startsWith("bowline-inspect 1 ok\na \"test\", since ");
        }
    }

    private static String exchange(InspectSocket socket, String question) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket.path()))) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(question);
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException reset) {
                return "";
            }
        }
    }
}
