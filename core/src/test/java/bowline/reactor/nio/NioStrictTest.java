package bowline.reactor.nio;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.failure.Debug;
import bowline.reactor.Reactor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// DEF-27 on a real loop: with debugging on, a running reactor's Deferreds are its thread's alone.
@Timeout(20)
class NioStrictTest {
    private final Reactor reactor = Reactor.create("nio");
    private final List<Object> seen = new ArrayList<>();

    @BeforeEach
    void debug() {
        Debug.enable(true);
    }

    @AfterEach
    void noMore() {
        Debug.enable(false);
    }

    @Test
    @DisplayName("DEF-27: a pool thread that fires a Deferred of the loop is refused")
    void aPoolThreadIsRefused() {
        reactor.callWhenRunning(() -> {
            var deferred = new Deferred<String>();
            reactor.deferToThread(() -> {
                        deferred.callback("from a pool thread");
                        return "not refused";
                    })
                    .onFailure(failure -> seen.add(failure.type()))
                    .addErrback(_ -> "")
                    .onBoth(reactor::stop);
        });

        reactor.run(false);

        assertThat(seen).containsExactly(WrongThreadException.class);
    }

    @Test
    @DisplayName("DEF-27: a coroutine of the loop is not refused, nor anybody after the loop")
    void aCoroutineIsNotRefused() {
        var made = new ArrayList<Deferred<String>>();
        reactor.callWhenRunning(() -> {
            made.add(new Deferred<>());
            made.add(new Deferred<>());
            reactor.async(() -> made.getFirst().callback("from a coroutine")).onBoth(reactor::stop);
        });

        reactor.run(false);
        made.getLast().callback("after the loop");

        assertThat(made).extracting(Deferred::result).containsExactly("from a coroutine", "after the loop");
    }
}
