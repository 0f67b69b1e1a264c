package bowline.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads a log file a few lines at a time (LFL-5). For one thread at a time.
public final class LogReader implements AutoCloseable {

    /// How many lines one call returns at most.
    public static final int LINES_MAX = 10;

    private final BufferedReader lines;

    LogReader(Path path) throws IOException {
        // Not Files.newBufferedReader: a line that was cut in the middle of a character is still worth reading.
        lines = new BufferedReader(new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8));
    }

    /// The next lines, [#LINES_MAX] at most, without their ends; empty at the end of the file.
    public List<String> readLines() throws IOException {
        var next = new ArrayList<String>();
        while (next.size() < LINES_MAX) {
            String line = lines.readLine();
            if (line == null) {
                break;
            }
            next.add(line);
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
