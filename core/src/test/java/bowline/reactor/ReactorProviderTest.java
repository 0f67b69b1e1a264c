package bowline.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bowline.log.CapturedLogs;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// REA-12: flavours of reactors and their names.
class ReactorProviderTest {
    private static final String PROPERTY = "bowline.reactor";

    private final String propertyBefore = System.getProperty(PROPERTY, "");
    private final ClassLoader loaderBefore = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void putBack() {
        System.setProperty(PROPERTY, propertyBefore);
        Thread.currentThread().setContextClassLoader(loaderBefore);
    }

    /// Preferred above all, if only it could be used.
    public static final class Unusable implements ReactorProvider {
        @Override
        public String name() {
            return "uring";
        }

        @Override
        public int preference() {
            return Integer.MAX_VALUE;
        }

        @Override
        public String obstacle() {
            return "this kernel forbids it";
        }

        @Override
        public Reactor create() {
            throw new AssertionError("created in spite of its obstacle");
        }
    }

    /// A provider that there is only here.
    private record Named(String name, int preference, String obstacle) implements ReactorProvider {
        @Override
        public Reactor create() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void prefersTheHighestThatCanBeUsedAndSaysWhyNotAHigherOne() {
        var nio = new Named("nio", 0, "");
        var epoll = new Named("epoll", 10, "");
        var uring = new Named("uring", 20, "a filter forbids it");

        assertThat(BackendChoice.best(List.of(nio, uring, epoll)))
                .isEqualTo(new BackendChoice(epoll, " (not uring: a filter forbids it)"))
                .hasToString("reactor backend epoll (not uring: a filter forbids it)");
        assertThat(BackendChoice.best(List.of(nio, epoll)).why()).isEmpty();
    }

    @Test
    void takesTheOneThatTheProgramNames() {
        assertThat(ReactorProvider.named("nio").name()).isEqualTo("nio");
        assertThat(Reactor.create("nio")).isNotSameAs(Reactor.create("nio"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "default", "nio"})
    void takesTheOneThatThePropertyNames(String name) {
        System.setProperty(PROPERTY, name);

        assertThat(ReactorProvider.best().name()).isEqualTo("nio");
    }

    /// Names of Twisted's that mean nothing here, and one that means nothing anywhere.
    @ParameterizedTest
    @ValueSource(strings = {"select", "poll", "epoll", "kqueue", "iocp", "gtk3", "NIO"})
    void saysWhichThereAreWhenANameIsUnknown(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reactor.create(name))
                .withMessage("no reactor backend \"" + name + "\"; there are [nio]");
    }

    @Test
    void saysThatThePropertyIsWrong() {
        System.setProperty(PROPERTY, "poll");

        assertThatIllegalArgumentException()
                .isThrownBy(Reactor::create)
                .withMessage("-Dbowline.reactor: no reactor backend \"poll\"; there are [nio]");
    }

    @Test
    void saysWhyOneCannotBeUsedAndNeverPrefersIt(@TempDir Path folder) throws IOException {
        alsoProvide(folder, Unusable.class.getName());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reactor.create("uring"))
                .withMessage("reactor backend \"uring\" cannot be used here: this kernel forbids it");
        assertThat(ReactorProvider.best().name()).isEqualTo("nio");
    }

    @Test
    void leavesOutOneThatDoesNotLoad(@TempDir Path folder) throws IOException {
        alsoProvide(folder, "bowline.reactor.NoSuchProvider");

        try (var logs = CapturedLogs.open()) {
            assertThat(ReactorProvider.all()).extracting(ReactorProvider::name).containsExactly("nio");
            assertThat(logs.texts()).containsExactly("a reactor backend does not load and is left out");
        }
    }

    private void alsoProvide(Path folder, String provider) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(ReactorProvider.class.getName()), provider);
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {folder.toUri().toURL()}, loaderBefore));
    }
}
