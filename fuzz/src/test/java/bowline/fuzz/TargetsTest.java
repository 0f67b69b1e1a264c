package bowline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.testing.generate.Property;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every input that ever broke a rule, and some new ones.
class TargetsTest {

    static List<Target> targets() {
        return Targets.all();
    }

    @TestFactory
    Stream<DynamicTest> whatWasFoundStaysMended() throws Exception {
        return Targets.all().stream()
                .flatMap(target -> stored(target).stream()
                        .map(file -> DynamicTest.dynamicTest(
                                target.name() + " " + file.getFileName(),
                                () -> target.entry().accept(Files.readAllBytes(file)))));
    }

    private static List<Path> stored(Target target) {
        URL folder = TargetsTest.class.getResource("/" + target.name());
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        } catch (IOException | URISyntaxException broken) {
            throw new IllegalStateException("cannot read the stored inputs of " + target.name(), broken);
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void seedsAndWhatIsMadeOfThemBreakNothing(Target target) {
        target.seeds().forEach(target.entry());

        Property.check(1_500, Fuzz.inputs(target), target.entry()::accept);
    }

    /// G7: a reader that cares for where its bytes are cut is found.
    @Test
    void theCutIsFound() {
        assertThatThrownBy(() -> new Conversation(9).tell(new byte[] {1, 2, 3}, () -> new Careless(1)))
                .isInstanceOf(BrokenRule.class)
                .hasMessageContaining("G7: fed a byte at a time");
    }

    /// G1: a reader that waits for ever is found.
    @Test
    void theHoarderIsFound() {
        assertThatThrownBy(() -> new Conversation(9).tell(new byte[20], () -> new Careless(100)))
                .isInstanceOf(BrokenRule.class)
                .hasMessageContaining("G1: waits with 20 bytes unread");
    }

    @Test
    void endlessEventsAreFound() {
        assertThatThrownBy(() -> new Conversation(9).tell(new byte[3], () -> _ -> "again"))
                .isInstanceOf(BrokenRule.class)
                .hasMessageContaining("events without needing more bytes");
    }

    @Test
    void anUnknownTargetIsToldWhereTheListIs() {
        assertThatThrownBy(() -> Targets.named("x")).hasMessage("there is no target x; see fuzz/run list");
        assertThat(Targets.named("line").seeds()).isNotEmpty();
    }

    private record Careless(int least) implements Conversation.Reader {
        @Override
        public @Nullable String next(ByteBuffer unread) {
            if (unread.remaining() < least) {
                return null;
            }
            String all = "took " + unread.remaining();
            unread.position(unread.limit());
            return all;
        }
    }
}
