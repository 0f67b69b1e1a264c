package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A foreign program that one talks with while it runs: what it says, on whichever of its pipes, is awaited and what it
/// is told is typed. It is ended with this.
final class Dialogue implements AutoCloseable {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    private final Process process;
    private final StringBuilder said = new StringBuilder();
    private int expectedUntil;
    private boolean silent;

    private Dialogue(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::listen);
    }

    static Dialogue with(List<String> command) throws IOException {
        return new Dialogue(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    static Dialogue with(String... command) throws IOException {
        return with(List.of(command));
    }

    private void listen() {
        var buffer = new byte[8192];
        try (InputStream in = process.getInputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hear(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
        } catch (IOException ended) {
            // It was ended.
        }
        synchronized (this) {
            silent = true;
            notifyAll();
        }
    }

    private synchronized void hear(String text) {
        said.append(text);
        notifyAll();
    }

    /// Types, without a line end of its own.
    void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /// Ends its standard input.
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /// Waits until it has said this, behind what was expected before.
    synchronized Dialogue expect(String text) throws InterruptedException {
        long end = System.nanoTime() + TIME_LIMIT.toNanos();
        int at = said.indexOf(text, expectedUntil);
        while (at < 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            assertThat(!silent && left > 0)
                    .as(
                            "\"%s\" was expected of %s, which said:%n%s",
                            text, process.info().command(), said)
                    .isTrue();
            wait(left);
            at = said.indexOf(text, expectedUntil);
        }
        expectedUntil = at + text.length();
        return this;
    }

    /// The rest of the line that [#expect] has stopped in.
    String restOfLine() throws InterruptedException {
        int begin;
        synchronized (this) {
            begin = expectedUntil;
        }
        expect("\n");
        synchronized (this) {
            return said.substring(begin, expectedUntil).strip();
        }
    }

    /// Waits for its end.
    ///
    /// @return all that it has said
    String end() throws InterruptedException {
        assertThat(process.waitFor(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("that it ends, having said:%n%s", all())
                .isTrue();
        synchronized (this) {
            long end = System.nanoTime() + TIME_LIMIT.toNanos();
            while (!silent && System.nanoTime() < end) {
                wait(TIME_LIMIT.toMillis());
            }
            return said.toString();
        }
    }

    /// All that it has said until now.
    synchronized String all() {
        return said.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
