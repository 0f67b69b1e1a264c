package bowline.defer;

import static bowline.defer.DeferredList.race;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bowline.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// AGG-7: the first success ends the others.
class RaceTest {
    private final Failure broken = Failure.of(new IOException("broken"));
    private final Failure torn = Failure.of(new IOException("torn"));
    private final List<Object> seen = new ArrayList<>();
    private final Deferred<String> first = new Deferred<>(_ -> seen.add("first cancelled"));
    private final Deferred<String> second = new Deferred<>(_ -> seen.add("second cancelled"));

    @Test
    @DisplayName("AGG-7: the first success wins, the others are cancelled, all members are left with null")
    void theFirstSuccessWins() {
        var winner = race(first, second);

        second.callback("b");

        assertThat(winner.result()).isEqualTo(new Indexed<>(1, "b"));
        assertThat(seen).containsExactly("first cancelled");
        assertThat(first.result()).isNull();
        assertThat(second.result()).isNull();
    }

    @Test
    @DisplayName("AGG-7: a failure does not decide a race that goes on")
    void aFailureDoesNotDecide() {
        var winner = race(first, second);

        first.errback(broken);
        second.callback("b");

        assertThat(winner.result()).isEqualTo(new Indexed<>(1, "b"));
    }

    @Test
    @DisplayName("AGG-7: if all fail, FailureGroup holds all failures in the order of the members")
    void allFail() {
        var winner = race(first, second).onFailure(failure -> seen.add(failure.value()));

        second.errback(torn);
        first.errback(broken);

        assertThat(seen).singleElement().isInstanceOfSatisfying(FailureGroup.class, group -> {
            assertThat(group.failures()).containsExactly(broken, torn);
            assertThat(group).hasMessage("all 2 failed: broken; torn");
            assertThat(group.getSuppressed()).containsExactly(broken.value(), torn.value());
        });
        winner.addErrback(_ -> new Indexed<>(0, ""));
    }

    @Test
    @DisplayName("AGG-7: cancelling the race cancels all members")
    void cancellingCancelsAll() {
        var winner = race(first, second).onFailure(failure -> seen.add(failure.type()));

        winner.cancel();

        assertThat(seen).containsExactly("first cancelled", "second cancelled", FailureGroup.class);
        winner.addErrback(_ -> new Indexed<>(0, ""));
    }

    @Test
    @DisplayName("AGG-7: a member that answers its cancelling with a success comes too late")
    void aSuccessOnCancellingIsTooLate() {
        var eager = new Deferred<String>(self -> ((Chain) self).fire("me too"));
        var winner = race(eager, second);

        second.callback("b");

        assertThat(winner.result()).isEqualTo(new Indexed<>(1, "b"));
        assertThat(eager.result()).isNull();
    }

    @Test
    @DisplayName("AGG-7: one that has fired already wins at once, and the later ones are cancelled all the same")
    void oneThatHasFiredWins() {
        var winner = race(Deferred.succeed("a"), first);

        assertThat(winner.result()).isEqualTo(new Indexed<>(0, "a"));
        assertThat(seen).containsExactly("first cancelled");
        assertThat(first.result()).isNull();
    }

    @Test
    @DisplayName("AGG-7: a race without members is refused")
    void noMembersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> race(List.<Deferred<String>>of()))
                .withMessageContaining("no winner");
    }

    @Test
    @DisplayName("AGG-7: the message quotes five failures at most")
    void theMessageIsBounded() {
        assertThat(new FailureGroup(List.of(broken, broken, broken, broken, broken)))
                .hasMessageEndingWith("broken; broken");
        assertThat(new FailureGroup(List.of(broken, broken, broken, broken, broken, torn)))
                .hasMessageEndingWith("broken; broken; …");
    }
}
