package bowline.defer;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// DEF-1 to DEF-7, DEF-13, DEF-18: layers and how results run through them.
class DeferredChainTest {
    private final List<Object> seen = new ArrayList<>();
    private final Deferred<String> deferred = new Deferred<>();

    @Test
    @DisplayName("DEF-1, DEF-2, DEF-3: the layers run in order, each on the answer of the one before")
    void layersRunInOrder() {
        var length = deferred.addCallback(text -> text + "!").addCallback(String::length);

        deferred.callback("ahoy");

        assertThat(length.result()).isEqualTo(5);
    }

    @Test
    @DisplayName("DEF-2: a failure passes callbacks by, a value passes errbacks by")
    void eachSidePassesTheOtherBy() {
        var failing = new Deferred<String>();
        failing.addCallback(seen::add).addErrback(failure -> seen.add(failure.message()));
        deferred.addErrback(failure -> "not called").addCallback(seen::add);

        failing.errback(new IOException("broken"));
        deferred.callback("whole");

        assertThat(seen).containsExactly("broken", "whole");
    }

    @Test
    @DisplayName("DEF-2: addBoth sees either result")
    void addBothSeesEither() {
        deferred.addBoth((value, failure) -> seen.add(value + " " + failure));
        var failing = new Deferred<String>();
        failing.addBoth((value, failure) -> seen.add(value + " " + (failure == null ? "" : failure.message())));

        deferred.callback("a");
        failing.errback(new IOException("b"));

        assertThat(seen).containsExactly("a null", "null b");
    }

    @Test
    @DisplayName("DEF-4: an errback that returns normally has handled the error, null is a value like others")
    void anErrbackThatReturnsHasHandled() {
        deferred.addErrback(failure -> null).addCallback(value -> seen.add("got " + value));

        deferred.errback(new IOException("broken"));

        assertThat(seen).containsExactly("got null");
    }

    @Test
    @DisplayName("DEF-5: what a handler throws becomes the failure of the next layer")
    void throwingFailsTheNextLayer() {
        var thrown = new IOException("from the callback");
        deferred.addCallback(value -> {
                    throw thrown;
                })
                .addErrback(failure -> seen.add(failure.value()));

        deferred.callback("a");

        assertThat(seen).containsExactly(thrown);
    }

    @Test
    @DisplayName("DEF-5: returning a failure is the same as throwing")
    void returningAFailureIsThrowing() {
        var failure = Failure.of(new IOException("as a value"));
        deferred.addCallback(value -> (Object) failure).addErrback(seen::add);

        deferred.callback("a");

        assertThat(seen).containsExactly(failure);
    }

    @Test
    @DisplayName("DEF-6: what the callback of a layer throws is not seen by the errback of that layer")
    void theSameLayersErrbackDoesNotSeeIt() {
        deferred.addCallbacks(
                        value -> {
                            throw new IOException("late");
                        },
                        failure -> seen.add("same layer"))
                .addErrback(failure -> seen.add("next layer"));

        deferred.callback("a");

        assertThat(seen).containsExactly("next layer");
    }

    @Test
    @DisplayName("DEF-6: the errback of a layer sees what came before it")
    void theErrbackOfALayerSeesWhatCameBefore() {
        deferred.addCallbacks(value -> seen.add("value"), failure -> seen.add("failure"));

        deferred.errback(new IOException("early"));

        assertThat(seen).containsExactly("failure");
    }

    @Test
    @DisplayName("DEF-7: a layer added to a fired Deferred runs before the add returns")
    void aLayerOnAFiredDeferredRunsAtOnce() {
        deferred.callback("a");

        deferred.addCallback(seen::add);

        assertThat(seen).containsExactly("a");
    }

    @Test
    @DisplayName("DEF-7: a layer added to an unfired Deferred waits")
    void aLayerOnAnUnfiredDeferredWaits() {
        deferred.addCallback(seen::add);

        assertThat(seen).isEmpty();
        assertThat(deferred.hasResult()).isFalse();
    }

    @Test
    @DisplayName("DEF-13: two layers added to one variable follow each other, they are no branches")
    void layersAreNoBranches() {
        Deferred<Integer> length = deferred.addCallback(String::length);
        ((Deferred<?>) deferred).onSuccess(value -> seen.add("the old reference saw " + value));
        length.onSuccess(value -> seen.add("the new one saw " + value));

        deferred.callback("four");

        assertThat(length).isSameAs(deferred);
        assertThat(seen).containsExactly("the old reference saw 4", "the new one saw 4");
    }

    @Test
    @DisplayName("DEF-18: layers added by a running handler run after it, in order, not inside it")
    void layersAddedByAHandlerRunAfterIt() {
        deferred.addCallback(value -> {
            deferred.onSuccess(_ -> seen.add("third"));
            seen.add("first");
            return value;
        });
        deferred.onSuccess(_ -> seen.add("second"));

        deferred.callback("a");

        assertThat(seen).containsExactly("first", "second", "third");
    }

    @Test
    @DisplayName("onSuccess, onFailure and onBoth look at the result and let it pass")
    void looksLetTheResultPass() {
        deferred.onSuccess(seen::add).onFailure(seen::add).onBoth(() -> seen.add("both"));
        Deferred<String> failing = Deferred.fail(new IOException("broken"));
        failing.onSuccess(seen::add)
                .onFailure(failure -> seen.add(failure.message()))
                .onBoth(() -> seen.add("both"));

        deferred.callback("a");

        assertThat(seen).containsExactly("broken", "both", "a", "both");
        assertThat(deferred.result()).isEqualTo("a");
        assertThat(failing.result()).isInstanceOf(Failure.class);
        failing.addErrback(failure -> null);
    }

    @Test
    @DisplayName("DEF-5: what a look throws takes the place of the result")
    void whatALookThrowsTakesTheResultsPlace() {
        deferred.onSuccess(value -> {
                    throw new IOException("looked too closely");
                })
                .addErrback(failure -> {
                    seen.add(failure.message());
                    return "";
                });

        deferred.callback("a");

        assertThat(seen).containsExactly("looked too closely");
    }

    @Test
    @DisplayName("DEF-12: further arguments of a handler are what its lambda captures")
    void furtherArgumentsAreCaptured() {
        String suffix = "!";

        deferred.addCallback(value -> value + suffix);
        deferred.callback("ahoy");

        assertThat(deferred.result()).isEqualTo("ahoy!");
    }
}
