package bowline.supervise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// A process that somebody else has started, and that dies of TERM only if it wants to.
final class FakeHandle implements ProcessHandle {
    final List<String> signals = new ArrayList<>();
    private final boolean stubborn;
    private boolean alive = true;

    FakeHandle(boolean stubborn) {
        this.stubborn = stubborn;
    }

    @Override
    public boolean destroy() {
        signals.add("TERM");
        alive = alive && stubborn;
        return true;
    }

    @Override
    public boolean destroyForcibly() {
        signals.add("KILL");
        alive = false;
        return true;
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    @Override
    public boolean supportsNormalTermination() {
        return true;
    }

    @Override
    public long pid() {
        return 7000;
    }

    @Override
    public Optional<ProcessHandle> parent() {
        return Optional.empty();
    }

    @Override
    public Stream<ProcessHandle> children() {
        return Stream.empty();
    }

    @Override
    public Stream<ProcessHandle> descendants() {
        return Stream.empty();
    }

    @Override
    public Info info() {
        throw new UnsupportedOperationException("nobody asks a fake about itself");
    }

    @Override
    public CompletableFuture<ProcessHandle> onExit() {
        throw new UnsupportedOperationException("nobody waits for a fake");
    }

    @Override
    public int compareTo(ProcessHandle other) {
        return Integer.compare(System.identityHashCode(this), System.identityHashCode(other));
    }
}
