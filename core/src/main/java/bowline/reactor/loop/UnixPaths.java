package bowline.reactor.loop;

import bowline.protocol.Address;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Paths of UNIX sockets, and what is found there.
final class UnixPaths {
    /// Most bytes of a path that the JDK passes on: two less than the system's `sun_path` has, which is 108 on
    /// Linux and Windows, and 104 on macOS and the BSDs.
    static final int PATH_MAX_BYTES = isBsd() ? 102 : 106;

    private static final int TYPE_MASK = 0xF000;
    private static final int TYPE_SOCKET = 0xC000;

    private UnixPaths() {}

    private static boolean isBsd() {
        String system = System.getProperty("os.name", "");
        return system.startsWith("Mac") || system.endsWith("BSD");
    }

    /// The file at `where`.
    ///
    /// @throws UnsupportedOperationException if it is an abstract name (UNX-5), which the JDK cannot say
    static Path file(Address.Unix where) {
        String path = where.path();
        if (path == null || path.isEmpty()) {
            throw new IllegalArgumentException("an unnamed UNIX socket cannot be reached; give a path");
        }
        if (where.isAbstract()) {
            throw new UnsupportedOperationException("the JDK knows no abstract names of UNIX sockets, as " + where
                    + " is one; the Linux backends (bowline.linux) do: choose one, or a path");
        }
        return Path.of(path);
    }

    /// The abstract name at `where`, which is one.
    static AbstractSocketAddress abstractName(Address.Unix where) {
        return new AbstractSocketAddress(where.host().substring(1));
    }

    /// The lock that goes with a socket (UNX-3).
    static Path lockOf(Path path) {
        return Path.of(path + ".lock");
    }

    /// @throws IOException if the system cannot take a path that long
    static void checkLength(Path path) throws IOException {
        int length = path.toString().getBytes(fileNameCharset()).length;
        if (length > PATH_MAX_BYTES) {
            throw new IOException("the path is " + length + " bytes long, and a socket's is at most " + PATH_MAX_BYTES
                    + " (sun_path); choose one nearer to the root, or relative to where the program runs");
        }
    }

    private static Charset fileNameCharset() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    /// Whether there is a socket, and not something else, at `path` itself.
    static boolean isSocket(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return mode instanceof Integer bits && (bits & TYPE_MASK) == TYPE_SOCKET;
        } catch (UnsupportedOperationException windows) {
            return false; // which tells us nothing that we could trust a removal to
        }
    }
}
