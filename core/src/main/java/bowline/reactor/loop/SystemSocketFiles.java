package bowline.reactor.loop;

import bowline.defer.FilesystemLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file system that this program sees.
final class SystemSocketFiles implements SocketFiles {

    @Override
    public boolean isSocket(Path path) throws IOException {
        return UnixPaths.isSocket(path);
    }

    @Override
    public @Nullable Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    @Override
    public void mode(Path path, int bits) throws IOException {
        Files.setPosixFilePermissions(path, permissions(bits));
    }

    static Set<PosixFilePermission> permissions(int mode) {
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromOwnersRead = PosixFilePermission.values();
        for (int i = 0; i < fromOwnersRead.length; i++) {
            if ((mode & 0400 >> i) != 0) {
                permissions.add(fromOwnersRead[i]);
            }
        }
        return permissions;
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.delete(path);
    }

    @Override
    public Lock lock(Path path) {
        return new LinkLock(new FilesystemLock(path));
    }

    /// A lock as a symbolic link.
    private record LinkLock(FilesystemLock link) implements Lock {
        @Override
        public boolean take() throws IOException {
            return link.lock();
        }

        @Override
        public boolean clean() {
            return link.clean();
        }

        @Override
        public boolean taken() {
            return link.locked();
        }

        @Override
        public boolean held() throws IOException {
            return link.held();
        }

        @Override
        public void giveBack() throws IOException {
            link.unlock();
        }

        @Override
        public void inherit() {
            link.inherit();
        }

        @Override
        public void giveTo(long pid) throws IOException {
            link.giveTo(pid);
        }
    }
}
