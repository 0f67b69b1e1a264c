package bowline.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.CapturedLogs;
import bowline.log.LogEvent;
import bowline.process.ProcessEndpoint.StandardError;
import bowline.protocol.Address;
import bowline.protocol.ConnectionAborted;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.NoProtocol;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Children as the other end of a connection (END-11), with programs that are on every POSIX system.
abstract class ProcessEndpointContract {
    final LiveLoop loop = newLoop();
    private final List<String> seen = new ArrayList<>();
    private final StringBuilder heard = new StringBuilder();
    private final Deferred<Failure> lost = new Deferred<>();

    /// A reactor whose children are to be tried.
    abstract LiveLoop newLoop();

    private class Talker extends Protocol {
        private final Consumer<Transport> whenMade;
        private final Consumer<Transport> whenData;

        Talker(Consumer<Transport> whenMade, Consumer<Transport> whenData) {
            this.whenMade = whenMade;
            this.whenData = whenData;
        }

        @Override
        public void connectionMade() {
            seen.add("made");
            whenMade.accept(transport());
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            heard.append(StandardCharsets.UTF_8.decode(unread));
            whenData.accept(transport());
        }

        @Override
        public void connectionLost(Failure reason) {
            seen.add("lost");
            lost.callback(reason);
        }
    }

    private ProcessEndpoint endpoint(String... command) {
        String[] arguments = Arrays.copyOfRange(command, 1, command.length);
        return new ProcessEndpoint(loop.reactor, Spawn.command(command[0], arguments), StandardError.LOGGED);
    }

    /// The kind of reason that the connection ended with.
    private Throwable end(ProcessEndpoint endpoint, Protocol protocol) {
        endpoint.connectProtocol(protocol).addErrback(failure -> {
            seen.add(failure.type().getSimpleName());
            return protocol;
        });
        return ((Failure) loop.until(lost.addCallback(reason -> reason))).value();
    }

    @Test
    @DisplayName("END-11: output is what the peer says, input hears us, and exit code 0 is a clean end")
    void talksToACat() {
        var cat = new Talker(
                it -> {
                    assertThat(it.peer()).isInstanceOf(Address.ChildProcess.class);
                    assertThat(it.host()).isEqualTo(new Address.Pipe());
                    assertThat(it.connected()).isTrue();
                    it.write("meow");
                    assertThat(it.unsentBytes()).isEqualTo(4);
                },
                Transport::loseWriteConnection);
        Throwable end = end(endpoint("cat"), cat);

        assertThat(heard).hasToString("meow");
        assertThat(end.getClass()).isEqualTo(ConnectionDone.class);
        assertThat(seen).containsExactly("made", "lost");
        assertThat(cat.transport().connected()).isFalse();
    }

    @Test
    @DisplayName("END-11: any other end is the reason of the process")
    void tellsHowTheChildEnded() {
        Throwable end = end(endpoint("sh", "-c", "echo out; exit 3"), new Talker(_ -> {}, _ -> {}));

        assertThat(heard).hasToString("out\n");
        assertThat(end)
                .isInstanceOfSatisfying(
                        ProcessTerminated.class, it -> assertThat(it.exitCode()).isEqualTo(3));
    }

    @Test
    @DisplayName("END-11: standard error is logged, or dropped")
    void logsComplaints() {
        var command = new String[] {"sh", "-c", "echo complaint >&2"};
        try (var logs = CapturedLogs.open()) {
            end(endpoint(command), new Talker(_ -> {}, _ -> {}));
            assertThat(logs.events().stream()
                            .map(LogEvent::text)
                            .filter(text -> text.contains("says: "))
                            .map(text -> text.substring(text.indexOf("says: ") + "says: ".length()))
                            .collect(Collectors.joining()))
                    .isEqualTo("complaint");
        }
    }

    @Test
    @DisplayName("END-11: standard error dropped")
    void dropsComplaints() {
        try (var logs = CapturedLogs.open()) {
            var quiet = new ProcessEndpoint(
                    loop.reactor, Spawn.command("sh", "-c", "echo complaint >&2"), StandardError.DROPPED);
            end(quiet, new Talker(_ -> {}, _ -> {}));
            assertThat(logs.events()).extracting(LogEvent::text).noneMatch(text -> text.contains("complaint"));
        }
    }

    @Test
    @DisplayName("TRA-5: losing the connection flushes, closes the pipes and waits for the child")
    void losesTheConnection() {
        Throwable end = end(
                endpoint("sh", "-c", "read line; test \"$line\" = bye && exit 7"),
                new Talker(
                        it -> {
                            it.write("bye\n");
                            it.loseConnection();
                            assertThat(it.disconnecting()).isTrue();
                        },
                        _ -> {}));

        assertThat(end)
                .isInstanceOfSatisfying(
                        ProcessTerminated.class, it -> assertThat(it.exitCode()).isEqualTo(7));
    }

    @Test
    @DisplayName("TRA-8: aborting kills the child")
    void aborts() {
        Throwable end = end(
                endpoint("sleep", "1000"),
                new Talker(
                        it -> {
                            it.abortConnection();
                            it.abortConnection();
                            assertThat(it.connected()).as("told later").isTrue();
                        },
                        _ -> {}));

        assertThat(end).isInstanceOf(ConnectionAborted.class);
        assertThat(seen).containsExactly("made", "lost");
    }

    private final class HalfTalker extends Talker implements HalfCloseable {
        HalfTalker() {
            super(it -> it.write("x"), Transport::loseWriteConnection);
        }

        @Override
        public void readConnectionLost() {
            seen.add("read ended");
        }

        @Override
        public void writeConnectionLost() {
            seen.add("write ended");
        }
    }

    @Test
    @DisplayName("TRA-9, TRA-10: a protocol that knows halves hears of each")
    void tellsOfHalves() {
        end(endpoint("cat"), new HalfTalker());

        assertThat(seen)
                .containsExactlyInAnyOrder("made", "write ended", "read ended", "lost")
                .endsWith("lost");
    }

    @Test
    @DisplayName("TRA-20: an exception of the protocol kills the child and is the reason")
    void failsWithItsProtocol() {
        try (var logs = CapturedLogs.open()) {
            Throwable end = end(endpoint("sh", "-c", "echo x; exec sleep 1000"), new Talker(_ -> {}, _ -> {
                throw new IllegalArgumentException("boo");
            }));
            assertThat(end).hasMessage("boo");
            assertThat(logs.failures()).hasSize(1);
        }
    }

    @Test
    @DisplayName("END-2: what goes wrong before it is connected fails the Deferred")
    void failsToConnect() {
        Factory<Protocol> refusing = new Factory<>() {
            @Override
            public @Nullable Protocol buildProtocol(Address peer) {
                return null;
            }
        };
        Object refused = loop.until(endpoint("sleep", "1000").connect(refusing));
        assertThat(((Failure) refused).value()).isInstanceOf(NoProtocol.class);
    }

    @Test
    @DisplayName("END-2, PRC-15: so does a program that is not there")
    void hasNoProgram() {
        Object absent = loop.until(endpoint("/no/such/program").connectProtocol(new Protocol()));
        assertThat(((Failure) absent).value()).isInstanceOf(CannotSpawnError.class);
    }

    @Test
    @DisplayName("END-2: so does a protocol that throws when it is made")
    void throwsWhenMade() {
        try (var logs = CapturedLogs.open()) {
            lost.addErrback(_ -> null);
            Object broken = loop.until(endpoint("cat")
                    .connectProtocol(new Talker(
                            _ -> {
                                throw new IllegalStateException("not ready");
                            },
                            _ -> {})));
            assertThat(((Failure) broken).value()).hasMessage("not ready");
            assertThat(logs.failures()).hasSize(1);
        }
    }

    @Test
    @DisplayName("END-11: a child without pipes is no peer")
    void needsPipes() {
        Spawn deaf = Spawn.command("cat").descriptors(Map.of());
        assertThatThrownBy(() -> new ProcessEndpoint(loop.reactor, deaf, StandardError.LOGGED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs pipes at 0 and 1");
        assertThat(endpoint("cat", "-u")).hasToString("process:cat -u");
    }
}
