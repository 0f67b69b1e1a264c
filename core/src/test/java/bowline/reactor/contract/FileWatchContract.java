package bowline.reactor.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.failure.Failure;
import bowline.file.FileEvent;
import bowline.file.FileEvent.Created;
import bowline.file.FileEvent.Deleted;
import bowline.file.FileEvent.Modified;
import bowline.file.FileEvent.Moved;
import bowline.file.FileEvent.Overflow;
import bowline.file.FileEvent.Unwatched;
import bowline.file.FileEvent.Written;
import bowline.file.FileListener;
import bowline.file.FileWatch;
import bowline.file.WatchOptions;
import bowline.time.Action;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What [FileWatch] tells, whoever watches.
public abstract class FileWatchContract extends ReactorContract {
    private static final WatchOptions TREE = WatchOptions.DEFAULT.recursive(true);

    @TempDir
    private Path temporary;

    private Path folder;
    private final Recorder recorder = new Recorder();
    private FileWatch watch;
    private boolean stopped;

    /// Whether it tells moves and who closes what he wrote, as the JDK does not.
    protected boolean tellsAll() {
        return true;
    }

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("watched"));
    }

    /// Keeps what it is told. Does one step after another, each when the events of the last have come.
    private final class Recorder implements FileListener {
        final List<FileEvent> events = new ArrayList<>();
        private final Queue<Step> steps = new ArrayDeque<>();
        private List<FileEvent> awaited = List.of();
        Failure lost;

        private record Step(Action action, List<FileEvent> expected) {}

        void then(Action action, FileEvent... expected) {
            steps.add(new Step(action, List.of(expected)));
        }

        /// Begins the next step if the last one is done.
        void goOn() throws Exception {
            while (events.containsAll(awaited)) {
                Step step = steps.poll();
                if (step == null) {
                    stopOnce();
                    return;
                }
                events.clear();
                awaited = step.expected;
                step.action.run();
            }
        }

        @Override
        public void fileChanged(FileEvent event) throws Exception {
            events.add(event);
            goOn();
        }

        @Override
        public void watchLost(Failure reason) {
            lost = reason;
            stopOnce();
        }
    }

    /// There may be more to be told when it is over already.
    private void stopOnce() {
        if (!stopped) {
            stopped = true;
            reactor.stop();
        }
    }

    private void watching(Path path, WatchOptions options) {
        run(() -> {
            watch = FileWatch.begin(reactor, path, options, recorder);
            recorder.goOn();
        });
    }

    private Path at(String name) {
        return folder.resolve(name);
    }

    private static void write(Path path, String text) throws IOException {
        Files.writeString(path, text);
    }

    @Test
    @DisplayName("a file is made, changed and deleted")
    void tellsOfAFile() {
        recorder.then(() -> write(at("one"), "1"), new Created(at("one")), new Modified(at("one")));
        recorder.then(() -> write(at("one"), "12"), new Modified(at("one")));
        recorder.then(() -> Files.delete(at("one")), new Deleted(at("one")));
        watching(folder, WatchOptions.DEFAULT);

        assertThat(recorder.lost).isNotNull(); // the reactor has ended
    }

    @Test
    @DisplayName("whoever has closed what he wrote is told, where the system tells")
    void tellsOfWhatIsWhole() {
        recorder.then(() -> write(at("one"), "1"), tellsAll() ? new Written(at("one")) : new Modified(at("one")));
        watching(folder, WatchOptions.DEFAULT);
    }

    @Test
    @DisplayName("names with other letters and spaces come as they are")
    void knowsAnyName() {
        String name = "ein Öhr, 本 \n x".strip();
        recorder.then(() -> write(at(name), ""), new Created(at(name)));
        watching(folder, WatchOptions.DEFAULT);
    }

    @Test
    @DisplayName("without the option, nothing is told of what is in an inner folder")
    void watchesOneFolder() throws IOException {
        Files.createDirectory(at("inner"));
        recorder.then(
                () -> {
                    write(at("inner/hidden"), "");
                    write(at("seen"), "");
                },
                new Created(at("seen")));
        watching(folder, WatchOptions.DEFAULT);

        assertThat(watch.folders()).isEqualTo(1);
        assertThat(recorder.events).noneMatch(event -> event.equals(new Created(at("inner/hidden"))));
    }

    @Test
    @DisplayName("a tree: folders that are there, and those that come with all that is in them")
    void watchesATree() throws IOException {
        Files.createDirectories(at("a/b"));
        recorder.then(() -> write(at("a/b/old"), ""), new Created(at("a/b/old")));
        recorder.then(
                () -> {
                    Files.createDirectories(at("n/e/w"));
                    write(at("n/e/w/file"), "");
                },
                new Created(at("n")),
                new Created(at("n/e")),
                new Created(at("n/e/w")),
                new Created(at("n/e/w/file")));
        recorder.then(() -> write(at("n/e/w/later"), ""), new Created(at("n/e/w/later")));
        recorder.then(() -> assertThat(watch.folders()).isEqualTo(6));
        watching(folder, TREE);
    }

    @Test
    @DisplayName("a link to a folder is not followed")
    void followsNoLink() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        recorder.then(() -> Files.createSymbolicLink(at("link"), outside), new Created(at("link")));
        recorder.then(
                () -> {
                    write(outside.resolve("hidden"), "");
                    write(at("seen"), "");
                },
                new Created(at("seen")));
        recorder.then(() -> assertThat(watch.folders()).isEqualTo(1));
        watching(folder, TREE);
    }

    @Test
    @DisplayName("a move is one event where the system tells, else a deletion and a creation")
    void tellsOfMoves() throws IOException {
        write(at("from"), "");
        Files.createDirectory(at("inner"));
        Path to = at("inner/to");
        FileEvent[] expected = tellsAll()
                ? new FileEvent[] {new Moved(at("from"), to)}
                : new FileEvent[] {new Deleted(at("from")), new Created(to)};
        recorder.then(() -> Files.move(at("from"), to), expected);
        watching(folder, TREE);
    }

    @Test
    @DisplayName("what is in a folder that was moved has its new path")
    void followsAMovedFolder() throws IOException {
        Files.createDirectories(at("old/deep"));
        recorder.then(
                () -> Files.move(at("old"), at("new")),
                tellsAll() ? new Moved(at("old"), at("new")) : new Created(at("new")));
        recorder.then(() -> write(at("new/deep/file"), ""), new Created(at("new/deep/file")));
        recorder.then(() -> assertThat(watch.folders()).isEqualTo(3));
        watching(folder, TREE);
    }

    @Test
    @DisplayName(
            "a folder that is moved away is forgotten with those in it; one that is moved here is told with its contents")
    void forgetsWhatIsMovedAway() throws IOException {
        Files.createDirectories(at("gone/deep"));
        Path outside = temporary.resolve("outside");
        recorder.then(() -> Files.move(at("gone"), outside), new Deleted(at("gone")));
        recorder.then(
                () -> {
                    assertThat(watch.folders()).isEqualTo(1);
                    write(outside.resolve("deep/hidden"), "");
                    Files.move(outside, at("back"));
                },
                new Created(at("back")),
                new Created(at("back/deep")),
                new Created(at("back/deep/hidden")));
        recorder.then(() -> write(at("back/deep/seen"), ""), new Created(at("back/deep/seen")));
        watching(folder, TREE);

        assertThat(recorder.events).noneMatch(event -> event.toString().contains("outside"));
    }

    @Test
    @DisplayName("a single file, which may come and go")
    void watchesASingleFile() {
        recorder.then(
                () -> {
                    write(at("other"), "");
                    write(at("one"), "1");
                },
                new Created(at("one")));
        recorder.then(() -> Files.move(at("one"), at("other.old")), new Deleted(at("one")));
        recorder.then(() -> Files.move(at("other.old"), at("one")), new Created(at("one")));
        watching(at("one"), WatchOptions.DEFAULT);

        assertThat(recorder.events).allMatch(event -> event.toString().contains("one"));
    }

    @Test
    @DisplayName("for a single file no other folder is watched, not even if trees are wanted")
    void watchesNoneButTheFilesFolder() {
        recorder.then(
                () -> {
                    Files.createDirectories(at("other/deep"));
                    write(at("one"), "");
                },
                new Created(at("one")));
        recorder.then(() -> assertThat(watch.folders()).isEqualTo(1));
        watching(at("one"), TREE);
    }

    // Limits and faults

    @Test
    @DisplayName("foldersMax: a tree of as many folders is watched, and one of more refused")
    void refusesTooManyFolders() throws IOException {
        Files.createDirectories(at("a/b"));
        run(() -> {
            FileWatch.begin(reactor, folder, TREE.foldersMax(3), recorder).close();
            assertThatThrownBy(() -> FileWatch.begin(reactor, folder, TREE.foldersMax(2), recorder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("foldersMax");
            reactor.stop();
        });
        assertThat(recorder.lost).isNull();
    }

    @Test
    @DisplayName("foldersMax: a folder that comes later and is one too many is told of, and the others are watched")
    void tellsOfTooManyFolders() {
        recorder.then(() -> Files.createDirectory(at("a")), new Created(at("a")));
        recorder.then(
                () -> {
                    Files.createDirectory(at("b"));
                    write(at("c"), "");
                },
                new Created(at("b")),
                new Created(at("c")));
        var refused = new ArrayList<Unwatched>();
        run(() -> {
            watch = FileWatch.begin(reactor, folder, TREE.foldersMax(2), event -> {
                if (event instanceof Unwatched unwatched) {
                    refused.add(unwatched);
                } else {
                    recorder.fileChanged(event);
                }
            });
            recorder.goOn();
        });

        assertThat(refused).singleElement().satisfies(unwatched -> {
            assertThat(unwatched.folder()).isEqualTo(at("b"));
            assertThat(unwatched.reason()).hasMessageContaining("foldersMax");
        });
    }

    @Test
    @DisplayName("foldersMax: of a tree that comes later each folder that is one too many is told, and no other")
    void tellsOfEachFolderTooMany() throws IOException {
        Path outside = temporary.resolve("outside");
        Files.createDirectories(outside.resolve("one/deep"));
        Files.createDirectories(outside.resolve("two"));
        recorder.then(
                () -> Files.move(outside, at("come")),
                new Created(at("come")),
                new Created(at("come/one")),
                new Created(at("come/two")));
        recorder.then(() -> write(at("come/seen"), ""), new Created(at("come/seen")));
        var refused = new ArrayList<Path>();
        run(() -> {
            watch = FileWatch.begin(reactor, folder, TREE.foldersMax(2), event -> {
                if (event instanceof Unwatched unwatched) {
                    refused.add(unwatched.folder());
                } else {
                    recorder.fileChanged(event);
                }
            });
            recorder.goOn();
        });

        assertThat(refused).containsExactlyInAnyOrder(at("come/one"), at("come/two"));
    }

    @Test
    @DisplayName("more events than the system keeps: an overflow is told, and the watch goes on")
    void tellsOfAnOverflow() {
        recorder.then(
                () -> {
                    for (int i = 0; i < 12_000; i++) {
                        write(at("file" + i), "");
                        Files.delete(at("file" + i));
                    }
                },
                new Overflow());
        recorder.then(() -> write(at("afterwards"), ""), new Created(at("afterwards")));
        watching(folder, WatchOptions.DEFAULT);
    }

    @Test
    @DisplayName("a folder that is deleted ends its watch")
    void endsWithItsFolder() {
        run(() -> {
            watch = FileWatch.begin(reactor, folder, TREE, recorder);
            Files.delete(folder);
        });
        assertThat(recorder.lost.value())
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    @DisplayName("what is not there is refused")
    void refusesWhatIsNotThere() {
        run(() -> {
            assertThatThrownBy(() -> FileWatch.begin(reactor, at("no/file"), WatchOptions.DEFAULT, recorder))
                    .isInstanceOf(FileNotFoundException.class)
                    .hasMessageContaining(at("no").toString());
            reactor.stop();
        });
    }

    @Test
    @DisplayName("a closed watch tells nothing more, not even what has happened already; nor does it end twice")
    void tellsNothingWhenClosed() {
        run(() -> {
            watch = FileWatch.begin(reactor, folder, WatchOptions.DEFAULT, recorder);
            write(at("one"), "");
            watch.close();
            watch.close();
            FileWatch.begin(reactor, folder, WatchOptions.DEFAULT, event -> stopOnce());
            write(at("two"), "");
        });
        assertThat(recorder.events).isEmpty();
        assertThat(recorder.lost).isNull();
    }

    @Test
    @DisplayName("an exception of the listener is logged, and the watch goes on")
    void survivesItsListener() {
        var fault = new IllegalStateException("not now");
        run(() -> {
            FileWatch.begin(reactor, folder, WatchOptions.DEFAULT, event -> {
                if (event.equals(new Created(at("one")))) {
                    write(at("two"), "");
                    throw fault;
                }
                if (event.equals(new Created(at("two")))) {
                    stopOnce();
                }
            });
            write(at("one"), "");
        });
        assertThat(takeCriticals()).containsExactly(fault);
    }

    @Test
    @DisplayName("it is part of the reactor's description as long as it lives")
    void isDescribed() {
        run(() -> {
            watch = FileWatch.begin(reactor, folder, TREE, recorder);
            assertThat(reactor.describe().toString()).contains(folder + ", 1 folder");
            watch.close();
            assertThat(reactor.describe().toString()).doesNotContain(folder.toString());
            reactor.callLater(Duration.ZERO, reactor::stop);
        });
    }
}
