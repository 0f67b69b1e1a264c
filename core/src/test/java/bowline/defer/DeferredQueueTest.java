package bowline.defer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// LCK-5: a queue between those who have and those who wait.
class DeferredQueueTest {
    private final List<String> seen = new ArrayList<>();
    private final DeferredQueue<String> queue = new DeferredQueue<>();

    @Test
    @DisplayName("LCK-5: what is stored is got at once, oldest first")
    void whatIsStoredIsGotAtOnce() {
        queue.put("a");
        queue.put("b");
        assertThat(queue.pending()).isEqualTo(2);

        assertThat(queue.get().result()).isEqualTo("a");
        assertThat(queue.get().result()).isEqualTo("b");
        assertThat(queue.pending()).isZero();
    }

    @Test
    @DisplayName("LCK-5: a value goes to the one who has waited longest, before put returns")
    void theOldestGetterIsServedFirst() {
        queue.get().onSuccess(value -> seen.add("first " + value));
        queue.get().onSuccess(value -> seen.add("second " + value));
        assertThat(queue.waiting()).isEqualTo(2);

        queue.put("a");
        assertThat(seen).containsExactly("first a");
        queue.put("b");

        assertThat(seen).containsExactly("first a", "second b");
    }

    @Test
    @DisplayName("LCK-5: size limits what is stored, not what is handed over")
    void sizeLimitsWhatIsStored() {
        var small = new DeferredQueue<String>(1, DeferredQueue.UNLIMITED);
        small.get();

        small.put("handed over");
        small.put("stored");

        assertThatExceptionOfType(QueueOverflow.class)
                .isThrownBy(() -> small.put("too much"))
                .withMessageContaining("1");
        assertThat(small.get().result()).isEqualTo("stored");
    }

    @Test
    @DisplayName("LCK-5: backlog limits those who wait; the error is thrown, not fired")
    void backlogLimitsThoseWhoWait() {
        var small = new DeferredQueue<String>(DeferredQueue.UNLIMITED, 1);
        small.get();

        assertThatExceptionOfType(QueueUnderflow.class).isThrownBy(small::get).withMessageContaining("1");
        small.put("a");
        small.put("b");
        assertThat(small.get().result()).isEqualTo("b");
    }

    @Test
    @DisplayName("LCK-5: a limit of nothing is a limit, a negative one an error")
    void limitsAtTheirEdge() {
        var none = new DeferredQueue<String>(0, 0);

        assertThatExceptionOfType(QueueOverflow.class).isThrownBy(() -> none.put("a"));
        assertThatExceptionOfType(QueueUnderflow.class).isThrownBy(none::get);
        assertThatIllegalArgumentException().isThrownBy(() -> new DeferredQueue<String>(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new DeferredQueue<String>(0, -1));
    }

    @Test
    @DisplayName("LCK-5: cancelling a wait gives it up")
    void cancellingGivesUp() {
        var impatient = queue.get();
        queue.get().onSuccess(seen::add);

        impatient.cancel();
        impatient.addErrback(_ -> "");
        queue.put("a");

        assertThat(seen).containsExactly("a");
        assertThat(queue.waiting()).isZero();
    }
}
