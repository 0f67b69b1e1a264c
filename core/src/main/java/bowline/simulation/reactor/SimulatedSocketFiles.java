package bowline.simulation.reactor;

import bowline.reactor.loop.SocketFiles;
import bowline.simulation.net.Node;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The socket files of a simulated host: what its system made, and the locks of its programs. They outlive programs
/// that crash, as real ones do.
final class SimulatedSocketFiles implements SocketFiles {
    private final Node node;
    private final Map<Path, Integer> owners = new HashMap<>();

    SimulatedSocketFiles(Node node) {
        this.node = node;
    }

    @Override
    public boolean isSocket(Path path) {
        return identity(path) != null;
    }

    @Override
    public @Nullable Object identity(Path path) {
        return node.socketFile(UnixDomainSocketAddress.of(path));
    }

    @Override
    public void mode(Path path, int bits) {
        // a simulated host has one user
    }

    @Override
    public void delete(Path path) throws IOException {
        if (!node.deleteSocketFile(UnixDomainSocketAddress.of(path))) {
            throw new NoSuchFileException(path.toString());
        }
    }

    @Override
    public Lock lock(Path path) {
        return new LifeLock(path);
    }

    /// A lock of the programs that live between two crashes of the host.
    private final class LifeLock implements Lock {
        private final Path path;
        private boolean taken;
        private boolean clean = true;

        LifeLock(Path path) {
            this.path = path;
        }

        @Override
        public boolean take() {
            if (held()) {
                return false;
            }
            clean = owners.put(path, node.life()) == null;
            taken = true;
            return true;
        }

        @Override
        public boolean clean() {
            return clean;
        }

        @Override
        public boolean taken() {
            return taken;
        }

        @Override
        public boolean held() {
            Integer owner = owners.get(path);
            return owner != null && owner == node.life();
        }

        @Override
        public void giveBack() {
            owners.remove(path);
            taken = false;
        }
    }
}
