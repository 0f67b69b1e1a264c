package bowline.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A log file that is rotated at the first write of a new day: `x.log` of the ninth of August becomes
/// `x.log.2026_8_9` (LFL-7). Where that file exists already, the rotation is skipped. Safe for any thread.
public final class DailyLogFile extends RotatingFile {
    private final Clock clock;
    private LocalDate day;

    /// Opens `directory/name` for appending; days are those of the platform's zone.
    public DailyLogFile(String name, Path directory) throws IOException {
        this(name, directory, null, Clock.system(ZoneId.systemDefault()));
    }

    /// Opens `directory/name` for appending; `clock` says what day it is.
    ///
    /// @param mode the mode of new files; null for that of the existing file, or the platform's (LFL-6)
    public DailyLogFile(String name, Path directory, @Nullable Set<PosixFilePermission> mode, Clock clock)
            throws IOException {
        this(directory.resolve(name), mode, clock, beginning(directory.resolve(name), clock));
    }

    private DailyLogFile(Path path, @Nullable Set<PosixFilePermission> mode, Clock clock, LocalDate day)
            throws IOException {
        super(path, mode);
        this.clock = clock;
        this.day = day;
    }

    /// The day of an existing file is that of its last write.
    private static LocalDate beginning(Path path, Clock clock) throws IOException {
        return Files.exists(path)
                ? LocalDate.ofInstant(Files.getLastModifiedTime(path).toInstant(), clock.getZone())
                : LocalDate.now(clock);
    }

    @Override
    boolean isDue() {
        return LocalDate.now(clock).isAfter(day);
    }

    @Override
    void moveAside() throws IOException {
        Path rotated = rotated(day);
        if (Files.exists(rotated)) {
            return;
        }
        Files.move(path, rotated);
        day = LocalDate.now(clock);
    }

    /// A reader of the rotated file of that day.
    ///
    /// @throws IllegalArgumentException if there is none
    public LogReader getLog(LocalDate day) throws IOException {
        try {
            return new LogReader(rotated(day));
        } catch (NoSuchFileException absent) {
            throw new IllegalArgumentException("there is no rotated log file " + rotated(day), absent);
        }
    }

    private Path rotated(LocalDate day) {
        String suffix = "." + day.getYear() + "_" + day.getMonthValue() + "_" + day.getDayOfMonth();
        return path.resolveSibling(path.getFileName() + suffix);
    }
}
