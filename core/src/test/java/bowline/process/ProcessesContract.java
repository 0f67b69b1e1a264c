package bowline.process;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// PRC-18 and PRC-19: the helpers of one line.
@Timeout(60)
abstract class ProcessesContract {
    final LiveLoop loop = newLoop();

    /// A reactor whose children are to be tried.
    abstract LiveLoop newLoop();

    private Throwable failureOf(Deferred<?> deferred) {
        return ((Failure) loop.until(deferred)).value();
    }

    private static Spawn shell(String script) {
        return Spawn.command("sh", "-c", script);
    }

    /// PRC-18: the exit code does not matter.
    @Test
    void answersTheOutput() {
        assertThat(loop.until(Processes.output(loop.reactor, "sh", "-c", "echo héllo; exit 4")))
                .isEqualTo("héllo\n");
    }

    /// PRC-18: a program that reads finds the end.
    @Test
    void givesTheProgramNothingToRead() {
        assertThat(loop.until(Processes.output(loop.reactor, "cat"))).isEqualTo("");
    }

    /// PRC-18
    @Test
    void failsAtTheFirstWordOnStandardError() {
        Deferred<String> output = Processes.output(loop.reactor, "sh", "-c", "echo bad news >&2; exec sleep 1");
        Throwable failure = failureOf(output);
        assertThat(failure).isInstanceOf(UnexpectedErrorOutput.class).hasMessageStartingWith("got stderr: b");
        assertThat(((UnexpectedErrorOutput) failure).ended().called()).isFalse();
    }

    /// PRC-18
    @Test
    void tellsOfTheEndAfterSuchAFailure() {
        Deferred<Object> end = Processes.output(loop.reactor, "sh", "-c", "echo bad >&2; exit 5")
                .<Object>addCallback(text -> text)
                .addErrbackDeferring(failure -> ((UnexpectedErrorOutput) failure.value()).ended());
        assertThat(loop.until(end)).isInstanceOf(ProcessTerminated.class);
    }

    /// PRC-18
    @Test
    void mixesStandardErrorInWhenAsked() {
        Deferred<String> output = Processes.output(
                loop.reactor, shell("echo err >&2; sleep 0.05; echo out"), OutputOptions.DEFAULT.withErrors());
        assertThat(loop.until(output)).isEqualTo("err\nout\n");
    }

    /// P1: the output budget, both sides.
    @Test
    void killsAProgramThatWritesTooMuch() {
        OutputOptions budget = OutputOptions.DEFAULT.outputMaxBytes(1000);
        Deferred<String> within =
                Processes.output(loop.reactor, Spawn.command("head", "-c", "1000", "/dev/zero"), budget);
        assertThat((String) loop.until(within)).hasSize(1000);

        var other = newLoop();
        Deferred<String> beyond = Processes.output(other.reactor, Spawn.command("cat", "/dev/zero"), budget);
        assertThat(((Failure) other.until(beyond)).value())
                .isInstanceOf(OutputTooLong.class)
                .hasMessageContaining("outputMaxBytes 1000");

        var third = newLoop();
        Deferred<String> oneTooMany =
                Processes.output(third.reactor, Spawn.command("head", "-c", "1001", "/dev/zero"), budget);
        assertThat(third.until(oneTooMany)).isInstanceOf(Failure.class);
    }

    /// PRC-19
    @Test
    void answersTheExitCode() {
        Deferred<Integer> sum = Processes.value(loop.reactor, "sh", "-c", "echo ignored; exit 9")
                .addCallbackDeferring(
                        nine -> Processes.value(loop.reactor, "true").addCallback(zero -> nine + zero));
        assertThat(loop.until(sum)).isEqualTo(9);
    }

    /// PRC-19
    @Test
    void answersOutputErrorsAndExitCode() {
        Deferred<ProcessOutput> output =
                Processes.outputAndValue(loop.reactor, "sh", "-c", "echo o; echo e >&2; exit 2");
        assertThat(loop.until(output)).isInstanceOfSatisfying(ProcessOutput.class, all -> {
            assertThat(all.outText()).isEqualTo("o\n");
            assertThat(all.errText()).isEqualTo("e\n");
            assertThat(all.exitCode()).isEqualTo(2);
        });
    }

    /// PRC-19
    @Test
    void givesTheProgramItsInput() {
        byte[] input = "to be read\n".repeat(50_000).getBytes(StandardCharsets.US_ASCII);
        Deferred<ProcessOutput> output =
                Processes.outputAndValue(loop.reactor, Spawn.command("cat"), OutputOptions.DEFAULT, input);
        assertThat(loop.until(output))
                .isInstanceOfSatisfying(
                        ProcessOutput.class, all -> assertThat(all.out()).isEqualTo(input));
    }

    /// PRC-19
    @Test
    void failsWithWhatThereWasWhenASignalEndedTheProgram() {
        Throwable failure =
                failureOf(Processes.outputAndValue(loop.reactor, "sh", "-c", "echo last words; kill -KILL $$"));
        assertThat(failure).isInstanceOfSatisfying(ProcessSignalled.class, signalled -> {
            assertThat(signalled.signal()).isEqualTo(9);
            assertThat(new String(signalled.out(), StandardCharsets.US_ASCII)).isEqualTo("last words\n");
            assertThat(signalled.err()).isEmpty();
        });
    }

    /// PRC-19
    @Test
    void failsTheExitCodeOfAKilledProgram() {
        assertThat(failureOf(Processes.value(loop.reactor, "sh", "-c", "kill -TERM $$")))
                .isInstanceOfSatisfying(
                        ProcessTerminated.class,
                        ended -> assertThat(ended.signal()).isEqualTo(15));
    }

    /// PRC-15
    @Test
    void failsWhenThereIsNoSuchProgram() {
        assertThat(failureOf(Processes.output(loop.reactor, "no-such-program-anywhere")))
                .isInstanceOf(CannotSpawnError.class);
    }

    /// PRC-13: TERM is the helpers' signal.
    @Test
    void terminatesTheProgramWhenCancelled() {
        var protocolEnd = new Deferred<String>();
        Deferred<Integer> value = Processes.value(loop.reactor, "sleep", "20");
        value.onBoth(() -> protocolEnd.callback("cancelled"));
        loop.reactor.callWhenRunning(value::cancel);
        assertThat(loop.until(protocolEnd)).isEqualTo("cancelled");
        value.addErrback(failure -> {
            failure.trap(CancelledError.class);
            return 0;
        });
    }
}
