package bowline.defer;

import static bowline.defer.DeferredList.Flag.CONSUME_ERRORS;
import static bowline.defer.DeferredList.Flag.FIRE_ON_ONE_ERRBACK;
import static bowline.defer.DeferredList.firstSuccess;
import static bowline.defer.DeferredList.gather;
import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Outcome.Failed;
import bowline.defer.Outcome.Success;
import bowline.failure.Failure;
import bowline.log.CapturedLogs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// AGG-1 to AGG-6: many Deferreds as one.
class DeferredListTest {
    private final Failure broken = Failure.of(new IOException("broken"));
    private final List<@Nullable Object> seen = new ArrayList<>();
    private final Deferred<String> first = new Deferred<>();
    private final Deferred<String> second = new Deferred<>();

    @Test
    @DisplayName("AGG-1: fires when all have a result, in the order of the members")
    void firesWhenAllHaveAResult() {
        DeferredList.of(List.of(first, second)).onSuccess(seen::add);

        second.errback(broken);
        assertThat(seen).isEmpty();
        first.callback("a");

        assertThat(seen).containsExactly(List.of(new Success<>("a"), new Failed<>(broken)));
        handle(second);
    }

    @Test
    @DisplayName("AGG-1: members that have fired already count")
    void firedMembersCount() {
        var all = DeferredList.of(List.of(Deferred.succeed(1), Deferred.succeed(2)));

        assertThat(all.result()).isEqualTo(List.of(new Success<>(1), new Success<>(2)));
    }

    @Test
    @DisplayName("AGG-1: an outcome tells value and failure apart")
    void anOutcomeTellsThemApart() throws Exception {
        assertThat(new Success<>("a").success()).isTrue();
        assertThat(new Success<>("a").value()).isEqualTo("a");
        assertThat(new Failed<String>(broken).success()).isFalse();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new Failed<String>(broken).value())
                .isSameAs(broken.value());
    }

    @Test
    @DisplayName("AGG-2: firstSuccess fires with the first success and its place")
    void firstSuccessFiresAtOnce() {
        firstSuccess(List.of(first, second)).onSuccess(seen::add);

        second.callback("b");
        first.callback("a");

        assertThat(seen).containsExactly(new Indexed<>(1, "b"));
        assertThat(first.result()).isEqualTo("a");
    }

    @Test
    @DisplayName("AGG-2: firstSuccess passes failures by, and fails when there is nothing else")
    void firstSuccessFailsWhenAllFail() {
        var none = firstSuccess(List.of(first, second), CONSUME_ERRORS).onFailure(failure -> seen.add(failure.value()));

        first.errback(broken);
        assertThat(none.called()).isFalse();
        second.errback(broken);

        assertThat(seen)
                .singleElement()
                .isInstanceOfSatisfying(
                        FailureGroup.class,
                        group -> assertThat(group.failures()).containsExactly(broken, broken));
        handle(none);
    }

    @Test
    @DisplayName("AGG-2: FIRE_ON_ONE_ERRBACK fails at the first failure, which FirstError tells")
    void fireOnOneErrback() {
        var all = DeferredList.of(List.of(first, second), FIRE_ON_ONE_ERRBACK)
                .onFailure(failure -> seen.add(failure.value()));

        second.errback(broken);

        assertThat(seen).singleElement().isInstanceOfSatisfying(FirstError.class, error -> {
            assertThat(error.failure()).isEqualTo(broken);
            assertThat(error.index()).isEqualTo(1);
            assertThat(error).hasCause(broken.value()).hasMessage("member 1 failed: broken");
        });
        handle(all);
        handle(second);
        first.callback("late, and nobody minds");
    }

    @Test
    @DisplayName("AGG-2, AGG-4: with CONSUME_ERRORS a member's failure is handled, its result null")
    void consumeErrors() {
        DeferredList.of(List.of(first, second), CONSUME_ERRORS);

        first.errback(broken);
        second.callback("b");

        assertThat(first.result()).isNull();
        assertThat(second.result()).isEqualTo("b");
    }

    @Test
    @DisplayName("AGG-3: no members fire at once, but not where a success is waited for")
    void noMembers() {
        assertThat(DeferredList.of(List.<Deferred<String>>of()).result()).isEqualTo(List.of());
        assertThat(gather(List.<Deferred<String>>of()).result()).isEqualTo(List.of());
        assertThat(firstSuccess(List.<Deferred<String>>of()).called()).isFalse();
    }

    @Test
    @DisplayName("AGG-4: without CONSUME_ERRORS each member keeps its own result")
    void membersKeepTheirResults() {
        DeferredList.of(List.of(first, second));

        first.errback(broken);
        second.callback("b");

        assertThat(first.result()).isEqualTo(broken);
        assertThat(second.result()).isEqualTo("b");
        handle(first);
    }

    @Test
    @DisplayName("AGG-5: cancelling cancels every member, whose results then flow as usual")
    void cancellingCancelsEveryMember() {
        var cannotStop = new IOException("cannot stop");
        var own = new Deferred<String>(self -> {
            throw cannotStop;
        });
        var all = DeferredList.of(List.of(first, own), CONSUME_ERRORS);

        try (var logs = CapturedLogs.open()) {
            all.cancel();
            assertThat(logs.failures()).containsExactly(Failure.of(cannotStop));
        }

        assertThat(all.result())
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Failed.class,
                                failed -> assertThat(failed.failure().type()).isEqualTo(CancelledError.class)));
    }

    @Test
    @DisplayName("AGG-6: gather fires with plain values in order, null included")
    void gatherFiresWithValues() {
        var nothing = new Deferred<@Nullable String>();
        Deferred<List<@Nullable String>> all = gather(List.of(first, second, nothing));

        second.callback("b");
        nothing.callback(null);
        first.callback("a");

        assertThat(all.result()).isEqualTo(Arrays.asList("a", "b", null));
    }

    @Test
    @DisplayName("AGG-6: gather fails with FirstError at the first failure; the others run on")
    void gatherFailsAtTheFirstFailure() {
        var all = gather(first, second).onFailure(failure -> seen.add(failure.type()));

        first.errback(broken);

        assertThat(seen).containsExactly(FirstError.class);
        assertThat(second.called()).isFalse();
        handle(all);
        handle(first);
    }

    @Test
    @DisplayName("AGG-6: gather takes members of different types")
    void gatherTakesDifferentTypes() {
        Deferred<List<Object>> all = gather(Deferred.succeed("a"), Deferred.succeed(1));

        assertThat(all.result()).isEqualTo(List.of("a", 1));
    }

    private static void handle(Deferred<?> deferred) {
        deferred.addErrback(_ -> null);
    }
}
