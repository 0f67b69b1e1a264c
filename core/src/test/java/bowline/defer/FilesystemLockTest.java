package bowline.defer;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// UNX-7 and LCK-7: locks between processes.
class FilesystemLockTest {
    /// Beyond the largest process id of Linux, so nobody's.
    private static final String DEAD_PID = "999999999";

    private final ManualClock clock = new ManualClock();
    private final List<Object> seen = new ArrayList<>();

    @TempDir
    Path directory = Path.of("set by JUnit");

    private Path path = directory;
    private FilesystemLock lock = new FilesystemLock(path);
    private DeferredFilesystemLock waiting = new DeferredFilesystemLock(path, clock);

    @BeforeEach
    void prepare() {
        path = directory.resolve("poem.lock");
        lock = new FilesystemLock(path);
        waiting = new DeferredFilesystemLock(path, clock);
    }

    @Test
    @DisplayName("UNX-7: the lock is a symbolic link to the owner's process id")
    void theLockIsALink() throws Exception {
        assertThat(lock.lock()).isTrue();

        assertThat(Files.readSymbolicLink(path))
                .hasToString(String.valueOf(ProcessHandle.current().pid()));
        assertThat(lock.locked()).isTrue();
        assertThat(lock.clean()).isTrue();
        lock.unlock();
        assertThat(exists()).isFalse();
    }

    @Test
    @DisplayName("UNX-7: the lock of a living process is not taken")
    void aLivingProcessKeepsItsLock() throws Exception {
        lock.lock();

        assertThat(new FilesystemLock(path).lock()).isFalse();
    }

    @Test
    @DisplayName("UNX-7: the lock of a dead process is taken over, and not clean")
    void aDeadProcessLosesItsLock() throws Exception {
        Files.createSymbolicLink(path, Path.of(DEAD_PID));

        assertThat(lock.lock()).isTrue();

        assertThat(lock.clean()).isFalse();
        assertThat(Files.readSymbolicLink(path))
                .hasToString(String.valueOf(ProcessHandle.current().pid()));
    }

    @Test
    @DisplayName("UNX-3: a lock is given to a successor, and nobody can take it in between")
    void isGivenToAnother() throws Exception {
        var successors = new FilesystemLock(path);
        assertThat(lock.lock()).isTrue();
        successors.inherit();

        lock.giveTo(1);
        assertThat(Files.readSymbolicLink(path)).hasToString("1");
        assertThat(lock.locked()).isFalse();
        assertThat(new FilesystemLock(path).lock()).as("process 1 lives").isFalse();
        assertThatThrownBy(() -> lock.giveTo(1)).isInstanceOf(IllegalStateException.class);

        Files.delete(path);
        Files.createSymbolicLink(
                path, Path.of(String.valueOf(ProcessHandle.current().pid())));
        successors.unlock();
        assertThat(exists()).isFalse();
    }

    @Test
    @DisplayName("UNX-3: a lock that is a directory is given too")
    void aDirectoryIsGivenToAnother() throws Exception {
        Files.createDirectory(path);
        Files.writeString(
                path.resolve("pid"), String.valueOf(ProcessHandle.current().pid()));
        lock.inherit();

        lock.giveTo(1);

        assertThat(path.resolve("pid")).hasContent("1");
        try (var left = Files.list(path.getParent())) {
            assertThat(left).containsExactly(path);
        }
    }

    @Test
    @DisplayName("UNX-7: a directory with a pid in it counts too, as on systems without links")
    void aDirectoryCountsToo() throws Exception {
        Files.createDirectory(path);
        assertThat(lock.lock()).as("without a pid it is just being made").isFalse();
        Files.writeString(
                path.resolve("pid"), String.valueOf(ProcessHandle.current().pid()));
        assertThat(lock.lock()).isFalse();

        Files.writeString(path.resolve("pid"), DEAD_PID);

        assertThat(lock.lock()).isTrue();
        assertThat(lock.clean()).isFalse();
    }

    @Test
    @DisplayName("UNX-7: only the owner releases")
    void onlyTheOwnerReleases() throws Exception {
        assertThatIllegalStateException().isThrownBy(lock::unlock).withMessageContaining("not held");
        lock.lock();
        Files.delete(path);
        Files.createSymbolicLink(path, Path.of(DEAD_PID));

        assertThatIOException().isThrownBy(lock::unlock).withMessageContaining(DEAD_PID);
        assertThat(exists()).isTrue();
    }

    @Test
    @DisplayName("UNX-7: what is no lock of ours is left alone, and the error says so")
    void whatIsNoLockIsLeftAlone() throws Exception {
        Files.createSymbolicLink(path, Path.of("elsewhere"));

        assertThatIOException().isThrownBy(lock::lock).withMessageContaining("\"elsewhere\"");
        assertThat(exists()).isTrue();
    }

    @Test
    @DisplayName("LCK-7: a free lock is taken at once")
    void aFreeLockIsTakenAtOnce() throws Exception {
        assertThat(waiting.deferUntilLocked(ofSeconds(10)).result()).isSameAs(waiting);

        assertThat(clock.delayedCalls()).isEmpty();
        waiting.unlock();
        assertThat(waiting.lock().locked()).isFalse();
    }

    @Test
    @DisplayName("LCK-7: a taken lock is tried again each second")
    void aTakenLockIsTriedEachSecond() throws Exception {
        lock.lock();
        waiting.deferUntilLocked().onSuccess(seen::add);
        clock.advance(ofMillis(1500));
        lock.unlock();

        clock.advance(ofMillis(999));
        assertThat(seen).isEmpty();
        clock.advance(ofMillis(1));

        assertThat(seen).containsExactly(waiting);
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("LCK-7: when the time is up it fails with TimeoutError")
    void theTimeMayBeUp() throws Exception {
        lock.lock();
        watch(waiting.deferUntilLocked(ofMillis(2500)));

        clock.pump(ofSeconds(1), ofSeconds(1), ofMillis(499));
        assertThat(seen).isEmpty();
        clock.advance(ofMillis(1));

        assertThat(seen).containsExactly(TimeoutError.class);
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("LCK-7: cancelling makes one last try, which may succeed")
    void cancellingTriesOnceMore() throws Exception {
        lock.lock();
        var attempt = waiting.deferUntilLocked();
        lock.unlock();

        attempt.cancel();

        assertThat(attempt.result()).isSameAs(waiting);
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("LCK-7: cancelling fails with CancelledError when the last try fails")
    void cancellingMayFail() throws Exception {
        lock.lock();
        var attempt = waiting.deferUntilLocked();
        watch(attempt);

        attempt.cancel();

        assertThat(seen).containsExactly(CancelledError.class);
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("LCK-7: a second call while one is pending fails, and the first goes on")
    void aSecondCallFails() throws Exception {
        lock.lock();
        var attempt = waiting.deferUntilLocked();

        watch(waiting.deferUntilLocked());
        assertThat(seen).containsExactly(AlreadyTryingToLockError.class);
        lock.unlock();
        clock.advance(ofSeconds(1));

        assertThat(attempt.result()).isSameAs(waiting);
    }

    @Test
    @DisplayName("LCK-7: what no further try would mend fails at once")
    void whatCannotBeMendedFailsAtOnce() {
        watch(new DeferredFilesystemLock(directory.resolve("nowhere").resolve("poem.lock"), clock).deferUntilLocked());

        assertThat(seen)
                .singleElement()
                .satisfies(type -> assertThat(IOException.class).isAssignableFrom((Class<?>) type));
    }

    private void watch(Deferred<DeferredFilesystemLock> attempt) {
        attempt.onFailure(failure -> seen.add(failure.type())).addErrback(_ -> waiting);
    }

    private boolean exists() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
