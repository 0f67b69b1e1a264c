package bowline.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A log file that is rotated when it is full: `x.log` becomes `x.log.1`, that one `x.log.2`, and so on
/// (LFL-1 to LFL-6). Safe for any thread.
///
///     Log.startLogging(new LogFile("poetry.log", Path.of("/var/log"), 1_000_000));
///
/// Before a write the size is looked at: a file may exceed its limit by one write, and no write is split (LFL-2).
public final class LogFile extends RotatingFile {
    private final Options options;

    /// How a log file is kept.
    ///
    /// @param rotateBytes the size from which on the file is rotated; 0 for never
    /// @param mode the mode of new files; null for that of the existing file, or the platform's (LFL-6)
    /// @param rotatedMaxFiles how many rotated files are kept; the older ones are deleted (LFL-3)
    public record Options(long rotateBytes, @Nullable Set<PosixFilePermission> mode, int rotatedMaxFiles) {

        /// The size from which on a file is rotated when nothing else is said.
        public static final long ROTATE_BYTES = 1_000_000;

        /// Checks the sizes.
        public Options {
            if (rotateBytes < 0 || rotatedMaxFiles < 1) {
                throw new IllegalArgumentException("rotateBytes " + rotateBytes + ", rotatedMaxFiles " + rotatedMaxFiles
                        + "; the first must be 0 or more, the second 1 or more");
            }
        }

        /// A million bytes, and all rotated files are kept.
        public static Options standard() {
            return new Options(ROTATE_BYTES, null, Integer.MAX_VALUE);
        }

        /// The same with another size.
        public Options rotateBytes(long bytes) {
            return new Options(bytes, mode, rotatedMaxFiles);
        }

        /// The same with a mode for new files.
        public Options mode(Set<PosixFilePermission> mode) {
            return new Options(rotateBytes, Set.copyOf(mode), rotatedMaxFiles);
        }

        /// The same with another number of rotated files that are kept.
        public Options rotatedMaxFiles(int files) {
            return new Options(rotateBytes, mode, files);
        }
    }

    /// Opens `directory/name` for appending, with the standard options.
    public LogFile(String name, Path directory) throws IOException {
        this(name, directory, Options.standard());
    }

    /// Opens `directory/name` for appending; it is rotated from `rotateBytes` on.
    public LogFile(String name, Path directory, long rotateBytes) throws IOException {
        this(name, directory, Options.standard().rotateBytes(rotateBytes));
    }

    /// Opens `directory/name` for appending.
    public LogFile(String name, Path directory, Options options) throws IOException {
        super(directory.resolve(name), options.mode);
        this.options = options;
    }

    @Override
    boolean isDue() {
        return options.rotateBytes > 0 && sizeBytes() >= options.rotateBytes;
    }

    @Override
    void moveAside() throws IOException {
        for (int number : listLogs().reversed()) {
            if (number >= options.rotatedMaxFiles) {
                Files.deleteIfExists(rotated(number));
            } else {
                Files.move(rotated(number), rotated(number + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(path, rotated(1));
    }

    /// The numbers of the rotated files, ascending (LFL-5).
    public List<Integer> listLogs() throws IOException {
        String start = path.getFileName() + ".";
        var numbers = new ArrayList<Integer>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(path.toAbsolutePath().getParent())) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                int number = name.startsWith(start) ? number(name.substring(start.length())) : 0;
                if (number > 0) {
                    numbers.add(number);
                }
            }
        }
        numbers.sort(null);
        return numbers;
    }

    /// A reader of the rotated file with that number.
    ///
    /// @throws IllegalArgumentException if there is none (LFL-5)
    public LogReader getLog(int number) throws IOException {
        try {
            return new LogReader(rotated(number));
        } catch (NoSuchFileException absent) {
            throw new IllegalArgumentException("there is no rotated log file " + rotated(number), absent);
        }
    }

    private Path rotated(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    /// The number that a suffix is, or 0: `7`, but not `07`, `x` or what no int can hold.
    private static int number(String suffix) {
        if (suffix.isEmpty() || suffix.length() > 9 || suffix.startsWith("0")) {
            return 0;
        }
        return suffix.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(suffix) : 0;
    }
}
