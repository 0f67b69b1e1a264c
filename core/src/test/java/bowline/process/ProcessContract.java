package bowline.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.defer.Deferred;
import bowline.process.ChildDescriptor.Inherited;
import bowline.process.ChildDescriptor.Pipe;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.PullProducer;
import bowline.protocol.PushProducer;
import bowline.protocol.TransportLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Section 25, wherever children come from.
@Timeout(60)
abstract class ProcessContract {
    final LiveLoop loop = newLoop();
    private final RecordingProtocol protocol = new RecordingProtocol();

    /// A reactor whose children are to be tried.
    abstract LiveLoop newLoop();

    private ProcessTransport spawn(String program, String... arguments) {
        return Processes.spawn(loop.reactor, protocol, Spawn.command(program, arguments));
    }

    private ProcessTransport shell(String script) {
        return spawn("sh", "-c", script);
    }

    private Object reason() {
        return loop.until(protocol.ended);
    }

    // PRC-2 to PRC-4

    /// PRC-2: each argument as it stands.
    @Test
    void passesArgumentsWithoutAShell() {
        spawn("printf", "%s|", "a b", "$HOME", "*", "");
        reason();
        assertThat(protocol.out).hasToString("a b|$HOME|*||");
    }

    /// PRC-3
    @Test
    void givesTheChildExactlyTheEnvironmentItIsTold() {
        Processes.spawn(loop.reactor, protocol, Spawn.command("env").environment(Map.of("POEM", "Ode")));
        reason();
        assertThat(protocol.out.toString().strip()).isEqualTo("POEM=Ode");
    }

    /// PRC-3: an empty one is empty.
    @Test
    void givesTheChildAnEmptyEnvironment() {
        Processes.spawn(loop.reactor, protocol, Spawn.command("env").environment(Map.of()));
        reason();
        assertThat(protocol.out).isEmpty();
    }

    /// P1
    @Test
    void allowsOfOurEnvironmentOnlyWhatIsListed() {
        Processes.spawn(
                loop.reactor,
                protocol,
                Spawn.command("env").onlyEnvironment("PATH", "NO_SUCH").env("MORE", "1"));
        reason();
        assertThat(protocol.out.toString().lines())
                .containsExactlyInAnyOrder("PATH=" + System.getenv("PATH"), "MORE=1");
    }

    /// PRC-4
    @Test
    void worksInTheDirectoryItIsTold(@TempDir Path directory) throws Exception {
        Processes.spawn(loop.reactor, protocol, Spawn.command("pwd").directory(directory));
        reason();
        assertThat(Path.of(protocol.out.toString().strip())).isEqualTo(directory.toRealPath());
    }

    // PRC-5, PRC-17: what the JDK cannot

    /// PRC-5
    @Test
    void refusesWhatOnlyNativeAccessCanDo() {
        Spawn plain = Spawn.command("true");
        for (Spawn beyond : List.of(
                plain.descriptors(Map.of(3, Pipe.READ)),
                plain.descriptors(Map.of(0, Pipe.READ)),
                plain.descriptors(Map.of(1, new Inherited(5))),
                plain.inTerminal(),
                plain.asUser(1, 1))) {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> Processes.spawn(loop.reactor, protocol, beyond))
                    .withMessageContaining("bowline.linux");
        }
        assertThat(protocol.events).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> plain.inTerminal().descriptors(Map.of(0, Pipe.WRITTEN)));
    }

    /// PRC-5: a descriptor without a connection reads nothing and writes to nowhere.
    @Test
    void runsAChildWithoutPipes() {
        Processes.spawn(
                loop.reactor,
                protocol,
                Spawn.command("sh", "-c", "cat; echo lost").descriptors(Map.of()));
        assertThat(reason()).isInstanceOf(ProcessDone.class);
        assertThat(protocol.events).containsExactly("made", "exited", "ended");
    }

    // PRC-7 to PRC-9

    /// PRC-1, PRC-7, PRC-8
    @Test
    void tellsEverythingAndTheEndLast() {
        ProcessTransport transport = shell("echo words; echo complaint >&2; cat >/dev/null");
        assertThat(protocol.events).containsExactly("made");
        assertThat(transport.pid()).isNotNull();
        transport.closeStdin();

        assertThat(reason()).isInstanceOf(ProcessDone.class).isInstanceOf(ConnectionDone.class);
        assertThat(protocol.events)
                .containsOnlyOnce("made", "out", "err", "in lost", "out lost", "err lost", "exited", "ended")
                .startsWith("made")
                .endsWith("ended");
        assertThat(protocol.events.indexOf("out")).isLessThan(protocol.events.indexOf("out lost"));
        assertThat(protocol.out).hasToString("words\n");
        assertThat(protocol.err).hasToString("complaint\n");
        assertThat(transport.pid()).isNull();
    }

    /// PRC-9
    @Test
    void tellsAnExitCode() {
        shell("exit 3");
        assertThat(reason()).isInstanceOfSatisfying(ProcessTerminated.class, terminated -> {
            assertThat(terminated).isInstanceOf(ConnectionLost.class).hasMessageContaining("exit code 3");
            assertThat(terminated.exitCode()).isEqualTo(3);
            assertThat(terminated.signal()).isNull();
            assertThat(terminated.status()).isEqualTo(3);
        });
    }

    /// PRC-9
    @Test
    void keepsHighExitCodesApartFromSignals() {
        shell("exit 200");
        assertThat(reason()).isInstanceOfSatisfying(ProcessTerminated.class, terminated -> {
            assertThat(terminated.exitCode()).isEqualTo(200);
            assertThat(terminated.signal()).isNull();
        });
    }

    /// PRC-10
    @Test
    void survivesExceptionsOfTheProtocol() {
        var throwing = new RecordingProtocol() {
            @Override
            public void connectionMade() {
                throw new IllegalStateException("made badly");
            }

            @Override
            public void outReceived(ByteBuffer unread) {
                throw new IllegalStateException("received badly");
            }
        };
        Processes.spawn(loop.reactor, throwing, Spawn.command("echo", "words"));
        assertThat(loop.until(throwing.ended)).isInstanceOf(ProcessDone.class);
        assertThat(throwing.events).endsWith("ended");
    }

    // PRC-11, PRC-12, PRC-16

    /// PRC-12
    @Test
    void writesEverythingBeforeItClosesStandardInput() {
        byte[] poem = "Beatus ille, qui procul negotiis\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
        ProcessTransport transport = spawn("cat");
        transport.write(poem, 0, 1000);
        transport.write(ByteBuffer.wrap(poem, 1000, poem.length - 1000));
        transport.closeStdin();
        transport.write("not this any more");

        assertThat(reason()).isInstanceOf(ProcessDone.class);
        assertThat(protocol.out.toString()).isEqualTo(new String(poem, StandardCharsets.US_ASCII));
    }

    /// PRC-11
    @Test
    void holdsOutputBackWhilePaused() {
        var pausing = new RecordingProtocol() {
            private boolean paused;

            @Override
            public void outReceived(ByteBuffer unread) {
                assertThat(paused).isFalse();
                super.outReceived(unread);
                paused = true;
                transport().pauseProducing();
                loop.reactor.callLater(Duration.ofMillis(1), () -> {
                    paused = false;
                    transport().resumeProducing();
                });
            }

            @Override
            public void outConnectionLost() {
                assertThat(paused).isFalse();
                super.outConnectionLost();
            }
        };
        Processes.spawn(loop.reactor, pausing, Spawn.command("head", "-c", "200000", "/dev/zero"));
        assertThat(loop.until(pausing.ended)).isInstanceOf(ProcessDone.class);
        assertThat(pausing.out).hasSize(200_000);
    }

    /// Decision 2 of the architecture: what is left unread comes back.
    @Test
    void showsWhatWasLeftUnreadAgain() {
        var picky = new RecordingProtocol() {
            @Override
            public void outReceived(ByteBuffer unread) {
                if (unread.remaining() >= 100_000) {
                    super.outReceived(unread);
                }
            }

            @Override
            public void connectionMade() {
                events.add("made");
            }
        };
        Processes.spawn(loop.reactor, picky, Spawn.command("head", "-c", "100000", "/dev/zero"));
        loop.until(picky.ended);
        assertThat(picky.out).hasSize(100_000);
    }

    /// G7 of our own: `unreadMaxBytes`, both sides.
    @Test
    void closesAPipeWhoseProtocolLeavesTooMuchUnread() {
        assertThat(unreadOf(50_000, 50_000)).isEqualTo(50_000);
        assertThat(unreadOf(50_000, 49_999)).isLessThan(50_000);
    }

    private int unreadOf(int written, int limit) {
        var most = new int[1];
        var idle = new RecordingProtocol() {
            @Override
            public void outReceived(ByteBuffer unread) {
                most[0] = unread.remaining();
                if (unread.remaining() == written && limit >= written) {
                    unread.position(unread.limit());
                }
            }
        };
        var own = newLoop();
        Processes.spawn(
                own.reactor,
                idle,
                Spawn.command("head", "-c", "" + written, "/dev/zero")
                        .limits(TransportLimits.DEFAULT.unreadMaxBytes(limit)));
        own.until(idle.ended);
        return limit >= written ? most[0] : Math.min(most[0], limit);
    }

    /// `outboundMaxBytes`, both sides.
    @Test
    void closesStandardInputWhenTooMuchWaits() {
        Spawn cat = Spawn.command("cat").limits(TransportLimits.DEFAULT.outboundMaxBytes(1000));
        ProcessTransport transport = Processes.spawn(loop.reactor, protocol, cat);
        transport.write(new byte[1000]);
        transport.closeStdin();
        reason();
        assertThat(protocol.out).hasSize(1000);

        var other = newLoop();
        var refused = new RecordingProtocol();
        ProcessTransport full = Processes.spawn(other.reactor, refused, cat);
        full.write(new byte[1001]);
        other.until(refused.ended);
        assertThat(refused.out).isEmpty();
        assertThat(refused.events).contains("in lost");
    }

    /// PRC-16
    @Test
    void seesABrokenStandardInputAsItsLoss() {
        var broken = new Deferred<String>();
        var writing = new RecordingProtocol() {
            @Override
            public void outReceived(ByteBuffer unread) {
                super.outReceived(unread);
                transport().write("nobody reads this");
            }

            @Override
            public void inConnectionLost() {
                super.inConnectionLost();
                broken.callback("lost");
                transport().signalProcess("KILL");
            }
        };
        Processes.spawn(loop.reactor, writing, Spawn.command("sh", "-c", "exec <&-; echo closed; exec sleep 20"));
        assertThat(loop.until(broken)).isEqualTo("lost");
        assertThat(writing.events).doesNotContain("exited");
    }

    /// PRC-11, PRO-2, PRO-5
    @Test
    void asksAPullProducerForMore() {
        ProcessTransport transport = spawn("cat");
        transport.registerProducer(new PullProducer() {
            private int pieces;

            @Override
            public void produceMore() {
                transport.write("piece ");
                if (++pieces == 3) {
                    transport.unregisterProducer();
                    transport.closeStdin();
                }
            }

            @Override
            public void stopProducing() {
                throw new AssertionError("stopped before the end");
            }
        });
        reason();
        assertThat(protocol.out).hasToString("piece piece piece ");
    }

    /// PRO-4, PRO-7, PRO-8
    @Test
    void pausesAPushProducerAndLetsItFinishBeforeItCloses() {
        var seen = new ArrayList<String>();
        ProcessTransport transport = spawn("cat");
        transport.registerProducer(new PushProducer() {
            @Override
            public void pauseProducing() {
                seen.add("pause");
            }

            @Override
            public void resumeProducing() {
                seen.add("resume");
                transport.write("end");
                transport.unregisterProducer();
            }

            @Override
            public void stopProducing() {
                seen.add("stop");
            }
        });
        transport.write(new byte[TransportLimits.HIGH_WATER_BYTES]);
        assertThat(seen).isEmpty();
        transport.write(new byte[1]);
        assertThat(seen).containsExactly("pause");
        transport.closeStdin();

        reason();
        assertThat(seen).containsExactly("pause", "resume");
        assertThat(protocol.out).hasSize(TransportLimits.HIGH_WATER_BYTES + 4).endsWith("end");
    }

    /// PRC-11, PRO-2
    @Test
    void stopsAProducerThatFindsNoStandardInput() {
        var seen = new ArrayList<String>();
        Spawn deaf = Spawn.command("true").descriptors(Map.of());
        Processes.spawn(loop.reactor, protocol, deaf).registerProducer(new PullProducer() {
            @Override
            public void produceMore() {
                seen.add("more");
            }

            @Override
            public void stopProducing() {
                seen.add("stop");
            }
        });
        reason();
        assertThat(seen).containsExactly("stop");
    }

    /// PRC-11: closing does not kill.
    @Test
    void losesThePipesAndLetsTheChildLive() {
        ProcessTransport transport = shell("cat; exit 7");
        transport.loseConnection();
        assertThat(reason())
                .isInstanceOfSatisfying(
                        ProcessTerminated.class,
                        terminated -> assertThat(terminated.exitCode()).isEqualTo(7));
        assertThat(protocol.events).containsOnlyOnce("in lost", "out lost", "err lost");
    }

    /// PRC-11
    @Test
    void refusesDescriptorsThatAreNoPipes() {
        ProcessTransport transport = spawn("true");
        assertThatIllegalArgumentException().isThrownBy(() -> transport.closeChildFd(3));
        assertThatIllegalArgumentException().isThrownBy(() -> transport.writeToChild(1, ByteBuffer.allocate(1)));
        reason();
    }

    // PRC-13 to PRC-15

    /// PRC-9, PRC-13
    @Test
    void tellsTheSignalThatEndedTheChild() {
        spawn("sleep", "20").signalProcess("KILL");
        assertThat(reason()).isInstanceOfSatisfying(ProcessTerminated.class, terminated -> {
            assertThat(terminated.signal()).isEqualTo(9);
            assertThat(terminated.exitCode()).isNull();
            assertThat(terminated.status()).isEqualTo(137);
        });
    }

    /// PRC-13
    @Test
    void sendsSignalsByNameAndNumber() {
        assertThat(signalAfter("SIGTERM")).isEqualTo(15);
        assertThat(signalAfter("INT")).isEqualTo(2);
        assertThat(signalAfter("hup")).isEqualTo(1);
    }

    private Integer signalAfter(String name) {
        var own = newLoop();
        var killed = new RecordingProtocol();
        Processes.spawn(own.reactor, killed, Spawn.command("sleep", "20")).signalProcess(name);
        return ((ProcessTerminated) own.until(killed.ended)).signal();
    }

    /// PRC-13
    @Test
    void sendsSignalsByNumber() {
        spawn("sleep", "20").signalProcess(10);
        assertThat(((ProcessTerminated) reason()).signal()).isEqualTo(10);
    }

    /// PRC-13, PRC-14
    @Test
    void refusesASignalToWhatHasEnded() {
        ProcessTransport transport = spawn("cat");
        assertThatIllegalArgumentException().isThrownBy(() -> transport.signalProcess("NONSENSE"));
        assertThatIllegalArgumentException().isThrownBy(() -> transport.signalProcess(65));
        transport.closeStdin();
        reason();
        assertThat(transport.pid()).isNull();
        assertThatThrownBy(() -> transport.signalProcess("TERM")).isInstanceOf(ProcessExitedAlready.class);
    }

    /// PRC-15
    @Test
    void saysAtOnceThatThereIsNoSuchProgram() {
        assertThatThrownBy(() -> spawn("no-such-program-anywhere"))
                .isInstanceOf(CannotSpawnError.class)
                .hasMessageContaining("cannot run \"no-such-program-anywhere\"")
                .hasMessageContaining("installed");
        assertThat(protocol.events).isEmpty();
    }

    /// PRC-6: the JVM survives broken pipes, the child must not inherit that
    @Test
    void givesTheChildTheUsualSignals() {
        shell("kill -PIPE $$; echo survived");
        assertThat(reason()).isInstanceOfSatisfying(ProcessTerminated.class, terminated -> {
            assertThat(terminated.signal()).isEqualTo(13);
        });
        assertThat(protocol.out).isEmpty();
    }

    // REA-9

    /// REA-9
    @Test
    void closesThePipesOfWhatStillRunsWhenTheReactorStops() {
        ProcessTransport transport = spawn("cat");
        loop.reactor.callWhenRunning(loop.reactor::stop);
        loop.reactor.run(false);
        assertThat(protocol.events).containsExactly("made", "out lost", "err lost", "in lost");
        assertThat(transport.pid()).isNotNull();
    }
}
