package bowline.web.file;

import bowline.web.message.Status;
import bowline.web.server.HttpError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Finds the file that a request's path names below a root, and never anything else (G14).
///
/// A segment must be a plain name once it is decoded: not empty, not beginning with a dot (so neither `.` nor `..`
/// nor a hidden file), not ending with a dot or space, with no separator of any system, no control character, no
/// drive. What is found may be a symbolic link, but only to something below the root that could be named itself.
public final class FileLocator {
    private final Path root;

    /// Files below `root`, which may itself be or lie behind a symbolic link; where that leads is settled now.
    ///
    /// @throws IOException if it is no directory that can be read
    public FileLocator(Path root) throws IOException {
        this.root = root.toRealPath();
        if (!Files.isDirectory(this.root)) {
            throw new NotDirectoryException(root.toString());
        }
    }

    /// The root's real path.
    public Path root() {
        return root;
    }

    /// Something below the root, by its real path.
    ///
    /// @param attributes as they were when it was found
    /// @param slash whether the path asked for it with a slash at the end, as is right for directories only
    public record Found(Path path, BasicFileAttributes attributes, boolean slash) {}

    /// What `path` names, or null if there is no such file or it must not be told.
    ///
    /// @param path a request's path, still percent-encoded
    /// @throws HttpError 400 if it is not well encoded, 403 if the system denies access
    public @Nullable Found find(String path) {
        Path file = root;
        boolean slash = path.endsWith("/");
        if (!path.startsWith("/")) {
            return null;
        }
        int end = slash ? path.length() - 1 : path.length();
        for (int from = 1; from <= end && end > 0; ) {
            int to = Math.min(indexOf(path, from), end);
            String name = decode(path, from, to);
            Path next = isPlainName(name) ? resolve(file, name) : null;
            if (next == null) {
                return null;
            }
            file = next;
            from = to + 1;
        }
        return found(file, slash);
    }

    private static int indexOf(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }

    /// The entry `name` of a directory that was found, or null as above.
    public @Nullable Found entry(Found directory, String name) {
        Path file = isPlainName(name) ? resolve(directory.path(), name) : null;
        return file == null ? null : found(file, false);
    }

    /// Whether a file of this name can be asked for.
    static boolean isPlainName(String name) {
        if (name.isEmpty() || name.startsWith(".") || name.endsWith(".") || name.endsWith(" ")) {
            return false;
        }
        if (name.length() > 1 && name.charAt(1) == ':') {
            return false;
        }
        return name.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ' || c == 0x7F);
    }

    private static @Nullable Path resolve(Path directory, String name) {
        try {
            return directory.resolve(name);
        } catch (InvalidPathException notHere) {
            return null;
        }
    }

    private @Nullable Found found(Path file, boolean slash) {
        try {
            Path real = file.toRealPath();
            if (!isBelowRoot(real)) {
                return null;
            }
            return new Found(
                    real, Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS), slash);
        } catch (AccessDeniedException denied) {
            throw new HttpError(Status.FORBIDDEN, "This may not be read.");
        } catch (FileSystemException absent) {
            return null; // There is none, or a file stands where the path has a directory, or links turn in circles.
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Whether the real path is below the root by names that could have been asked for.
    private boolean isBelowRoot(Path real) {
        if (!real.startsWith(root)) {
            return false;
        }
        for (int i = root.getNameCount(); i < real.getNameCount(); i++) {
            if (real.getName(i).toString().startsWith(".")) {
                return false;
            }
        }
        return true;
    }

    /// The text behind a segment's percent-encoding, which must be UTF-8.
    private static String decode(String path, int from, int to) {
        if (path.indexOf('%', from) < 0) {
            return path.substring(from, to);
        }
        ByteBuffer bytes = ByteBuffer.allocate(to - from);
        for (int i = from; i < to; i++) {
            if (path.charAt(i) == '%') {
                bytes.put((byte) (digit(path, i + 1, to) << 4 | digit(path, i + 2, to)));
                i += 2;
            } else {
                bytes.put((byte) path.charAt(i));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            throw badEncoding();
        }
    }

    private static int digit(String path, int at, int to) {
        int digit = at < to ? Character.digit(path.charAt(at), 16) : -1;
        if (digit < 0) {
            throw badEncoding();
        }
        return digit;
    }

    private static HttpError badEncoding() {
        return new HttpError(Status.BAD_REQUEST, "The path is not percent-encoded UTF-8.");
    }
}
