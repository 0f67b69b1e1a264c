package bowline.process;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure;
import bowline.reactor.Reactor;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Section 25, with real children.
@DisabledOnOs(OS.WINDOWS)
class ProcessTest extends ProcessContract {
    private final RecordingProtocol protocol = new RecordingProtocol();

    @Override
    LiveLoop newLoop() {
        return new LiveLoop(Reactor.create("nio"));
    }

    /// PRC-3
    @Test
    void givesTheChildOurEnvironmentUnlessTold() {
        Processes.spawn(loop.reactor, protocol, Spawn.command("sh", "-c", "echo $PATH"));
        loop.until(protocol.ended);
        assertThat(protocol.out.toString().strip()).isEqualTo(System.getenv("PATH"));
    }

    /// PRC-8: the grandchild writes when the child is known to be gone.
    @Test
    void waitsForAGrandchildThatHoldsThePipe(@TempDir Path directory) {
        Path go = directory.resolve("go");
        var releasing = new RecordingProtocol() {
            @Override
            public void connectionMade() {
                super.connectionMade();
                transport().closeStdin(); // the child ends now, not before its output is being read
            }

            @Override
            public void processExited(Failure reason) {
                super.processExited(reason);
                loop.reactor.callLater(Duration.ofMillis(20), () -> Files.createFile(go));
            }
        };
        Processes.spawn(
                loop.reactor,
                releasing,
                Spawn.command(
                        "sh",
                        "-c",
                        "(for i in $(seq 500); do [ -e " + go
                                + " ] && break; sleep 0.01; done; echo grandchild) & read line; echo parent"));

        assertThat(loop.until(releasing.ended)).isInstanceOf(ProcessDone.class);
        assertThat(releasing.out).hasToString("parent\ngrandchild\n");
        assertThat(releasing.events.indexOf("exited")).isLessThan(releasing.events.indexOf("out lost"));
    }

    /// PRC-20, SIG-2: the reactor runs without signal handlers here
    @Test
    void leavesNoZombieAndNoThreadBehind() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            var own = newLoop();
            var one = new RecordingProtocol();
            Processes.spawn(own.reactor, one, Spawn.command("true"));
            own.until(one.ended);
        }
        assertThat(ProcessHandle.current().children())
                .noneMatch(child -> child.info().command().orElse("").endsWith("true"));
        awaitTheEndOfPipeThreads();
    }

    /// They end a moment after they have told the loop so.
    private static void awaitTheEndOfPipeThreads() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("process-")) {
                assertThat(thread.join(Duration.ofSeconds(20)))
                        .as("%s has ended", thread)
                        .isTrue();
            }
        }
    }

    /// REA-9: nor does a thread wait for a loop that has ended, while the child goes on writing
    @Test
    void leavesNoThreadBehindWhenTheReactorStopsAmidOutput() throws InterruptedException {
        var talkative = new RecordingProtocol() {
            private boolean stopped;

            @Override
            public void outReceived(ByteBuffer unread) {
                super.outReceived(unread);
                if (!stopped) {
                    stopped = true;
                    loop.reactor.stop();
                }
            }
        };
        Processes.spawn(loop.reactor, talkative, Spawn.command("yes"));
        loop.reactor.run(false);
        awaitTheEndOfPipeThreads();
        assertThat(talkative.events).endsWith("out lost", "err lost", "in lost");
    }
}
