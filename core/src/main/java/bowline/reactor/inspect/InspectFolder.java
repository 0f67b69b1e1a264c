package bowline.reactor.inspect;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder for the sockets of one user's processes. Nobody else may look into it: it has mode 0700, belongs to the
/// user, and is no link. One that is otherwise is not used, for somebody else may have made it.
///
/// @param path where it is
public record InspectFolder(Path path) {
    /// The variable of the environment that names the folder, instead of those that are usual.
    public static final String VARIABLE = "BOWLINE_INSPECT_DIR";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String SUFFIX = ".sock";

    /// Where this user's sockets may be: in `$BOWLINE_INSPECT_DIR` alone, if that is set; otherwise in
    /// `$XDG_RUNTIME_DIR/bowline`, or in `bowline-USER` in the folder for temporary files.
    public static List<InspectFolder> usual() {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isEmpty()) {
            return List.of(new InspectFolder(Path.of(named)));
        }
        var folders = new ArrayList<InspectFolder>();
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        if (runtime != null && Path.of(runtime).isAbsolute()) {
            folders.add(new InspectFolder(Path.of(runtime, "bowline")));
        }
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_.-]", "_");
        folders.add(new InspectFolder(Path.of(System.getProperty("java.io.tmpdir"), "bowline-" + user)));
        return List.copyOf(folders);
    }

    /// Makes it if it is not there.
    ///
    /// @throws IOException if it cannot be made, or is not the user's alone; the message says why
    void prepare() throws IOException {
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException thereIsOne) {
            // Whose it is, is seen below.
        } catch (NoSuchFileException noParent) {
            throw new IOException("there is no folder " + path.getParent(), noParent);
        } catch (UnsupportedOperationException noPosix) {
            throw new IOException("the file system of " + path + " knows no permissions", noPosix);
        }
        check();
    }

    /// Refuses a folder that others may write to or read.
    ///
    /// @throws NoSuchFileException if there is none
    /// @throws IOException if it is not the user's alone; the message says why
    void check() throws IOException {
        PosixFileAttributes found = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isDirectory()) {
            throw new IOException(path + " is no folder but " + (found.isSymbolicLink() ? "a link" : "something else")
                    + "; remove it, or name another folder by " + VARIABLE);
        }
        if (!OWNER_ONLY.containsAll(found.permissions())) {
            throw new IOException("others than its owner may use the folder " + path + ", which has the permissions "
                    + PosixFilePermissions.toString(found.permissions()) + "; chmod 700 it, or name another by "
                    + VARIABLE);
        }
        UserPrincipal self = self();
        if (!found.owner().equals(self)) {
            throw new IOException("the folder " + path + " belongs to "
                    + found.owner().getName() + " and not to " + self.getName() + "; name another by " + VARIABLE);
        }
    }

    /// Who owns what this process makes.
    private static UserPrincipal self() throws IOException {
        Path ours = Files.createTempFile("bowline-owner", null);
        try {
            return Files.getOwner(ours);
        } finally {
            Files.delete(ours);
        }
    }

    Path socketOf(long pid) {
        return path.resolve(pid + SUFFIX);
    }

    /// The processes that have, or had, a socket here, by number.
    ///
    /// @throws IOException as of [#check]
    List<Long> pids() throws IOException {
        try {
            check();
        } catch (NoSuchFileException none) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(InspectFolder::pidOf)
                    .filter(pid -> pid != null)
                    .map(Long.class::cast)
                    .sorted()
                    .toList();
        }
    }

    private static @Nullable Long pidOf(Path socket) {
        String name = socket.getFileName().toString();
        try {
            return name.endsWith(SUFFIX) ? Long.valueOf(name.substring(0, name.length() - SUFFIX.length())) : null;
        } catch (NumberFormatException somethingElse) {
            return null;
        }
    }

    /// Where it is.
    @Override
    public String toString() {
        return path.toString();
    }
}
