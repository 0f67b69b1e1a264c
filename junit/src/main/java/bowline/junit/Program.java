package bowline.junit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A program as a person runs it: in a JVM of its own, with the class path of the test, seen by what it prints.
///
///     try (Program server = Program.start(Server.class, "--listen", "tcp:0")) {
///         String port = server.port();
///         …
///         server.interrupt();
///         assertThat(server.rest()).contains("Reactor stopped.");
///     }
///
/// Whatever it waits for, it waits for at most half a minute; then the test fails and tells what was printed.
public final class Program implements AutoCloseable {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
    private static final String END = "\0end";

    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    private Program(Process process) {
        this.process = process;
        Thread.ofVirtual().start(() -> collect(process.inputReader()));
    }

    /// Starts the program with its standard error joined to its standard output.
    public static Program start(Class<?> main, String... args) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Duser.language=en",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        return command(command);
    }

    /// Starts any program by its command line, its standard error joined to its standard output.
    public static Program command(List<String> command) throws IOException {
        return new Program(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /// Everything that a program prints from start to end.
    public static List<String> output(Class<?> main, String... args) throws Exception {
        try (Program program = start(main, args)) {
            return program.rest();
        }
    }

    /// The next line that matches, found anywhere in it; the lines before are passed over but kept in [#seen].
    public Matcher await(String regex) throws InterruptedException {
        Pattern pattern = Pattern.compile(regex);
        while (true) {
            String line = next();
            if (line == null) {
                throw new AssertionError("the program ended without a line like " + regex + "; it printed " + seen);
            }
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher;
            }
        }
    }

    /// The port that a listening program logs when it starts (LIS-2).
    public String port() throws InterruptedException {
        return await("starting on (\\d+)").group(1);
    }

    /// The lines up to the program's end.
    public List<String> rest() throws InterruptedException {
        var rest = new ArrayList<String>();
        for (String line = next(); line != null; line = next()) {
            rest.add(line);
        }
        return rest;
    }

    /// All lines so far.
    public List<String> seen() {
        return seen;
    }

    /// Its exit code, once it has ended.
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the program did not end within " + TIME_LIMIT + "; it printed " + seen);
        }
        return process.exitValue();
    }

    /// Sends it what Ctrl-C sends.
    public void interrupt() throws IOException, InterruptedException {
        signal("INT");
    }

    /// Sends it a signal by name, as in `TERM`.
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /// Types into the program and ends its input.
    public void type(String text) throws IOException {
        try (var in = process.outputWriter()) {
            in.write(text);
        }
    }

    /// Types one line into the program, which may read more afterwards.
    public void typeLine(String line) throws IOException {
        var in = process.outputWriter();
        in.write(line + "\n");
        in.flush();
    }

    /// Its process number.
    public long pid() {
        return process.pid();
    }

    /// Whether it still runs.
    public boolean isAlive() {
        return process.isAlive();
    }

    private @Nullable String next() throws InterruptedException {
        String line = lines.poll(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nothing printed for " + TIME_LIMIT + "; before: " + seen);
        }
        if (line.equals(END)) {
            lines.add(END);
            return null;
        }
        seen.add(line);
        return line;
    }

    private void collect(BufferedReader out) {
        try (out) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException closed) {
            // The program was ended by the test.
        }
        lines.add(END);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
