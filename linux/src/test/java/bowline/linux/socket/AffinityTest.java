package bowline.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.reactor.ReactorProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Threads of reactors on processors of their own, as /proc tells.
class AffinityTest {
    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private final Map<String, String> unbound = new ConcurrentHashMap<>();

    private static String allowed() throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .findFirst()
                .orElseThrow()
                .split("\\s+")[1];
    }

    /// Looks from each reactor, and from a thread of its pool that it makes meanwhile.
    private void look(ReactorGroup group) {
        List<Reactor> reactors = group.reactors();
        for (int i = 0; i < reactors.size(); i++) {
            Reactor reactor = reactors.get(i);
            String name = "reactor " + i;
            reactor.callWhenRunning(() -> {
                unbound.put(name, group.unbound(AffinityTest::allowed));
                seen.put(name, allowed());
                reactor.threadPool().adjustPoolSize(0, 20);
                reactor.deferToThread(() -> seen.put(name + "'s pool", allowed()))
                        .onBoth(() -> {
                            if (seen.size() == 2 * reactors.size()) {
                                group.stop();
                            }
                        });
            });
        }
        group.run(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    @DisplayName("each reactor has its processor, its pool has all, and whoever ran the group has his again")
    void bindsEach(String backend) throws IOException {
        ReactorProvider provider = ReactorProvider.named(backend);
        List<Integer> usable = provider.processors();
        assumeTrue(usable.size() > 1, "there is one processor only");
        int first = usable.get(0);
        int second = usable.get(1);
        String before = allowed();

        ReactorGroup group = ReactorGroup.create(provider, 3);
        group.bindToProcessors(List.of(second, first));
        look(group);

        assertThat(seen)
                .containsEntry("reactor 0", "" + second)
                .containsEntry("reactor 1", "" + first)
                .containsEntry("reactor 2", "" + second)
                .containsEntry("reactor 0's pool", before)
                .containsEntry("reactor 1's pool", before)
                .containsEntry("reactor 2's pool", before);
        assertThat(allowed()).isEqualTo(before);
        assertThat(unbound).hasSize(3).containsValue(before).doesNotContainValue("" + first);
        assertThat(unbound).doesNotContainValue("" + second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    @DisplayName("without a choice, the first reactor has the first processor there is, and so on")
    void choosesByItself(String backend) {
        ReactorProvider provider = ReactorProvider.named(backend);
        ReactorGroup group = ReactorGroup.create(provider, 2);
        group.bindToProcessors();
        look(group);

        List<Integer> usable = provider.processors();
        assertThat(seen)
                .containsEntry("reactor 0", "" + usable.get(0))
                .containsEntry("reactor 1", "" + usable.get(1 % usable.size()));
    }

    @Test
    void refusesProcessorsThatAreNotThere() {
        ReactorGroup group = ReactorGroup.create(ReactorProvider.named("epoll"), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> group.bindToProcessors(List.of(0, 8000)))
                .withMessageContaining("[0, 8000]");
        assertThatIllegalArgumentException().isThrownBy(() -> group.bindToProcessors(List.of()));
    }

    @Test
    @DisplayName("a backend that cannot says which can")
    void namesThoseThatCan() {
        ReactorGroup group = ReactorGroup.create(ReactorProvider.named("nio"), 1);
        assertThatThrownBy(group::bindToProcessors)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("nio")
                .hasMessageContaining("uring and epoll");
    }
}
