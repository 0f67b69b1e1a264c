package bowline.defer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import bowline.failure.Debug;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// DEF-27: with debugging on, a Deferred refuses threads that are not its loop's.
class LoopThreadTest {
    private @Nullable LoopThread loop;

    @BeforeEach
    void runALoopHere() {
        Debug.enable(true);
        loop = LoopThread.enter();
    }

    @AfterEach
    void endIt() {
        Debug.enable(false);
        leave();
    }

    @Test
    @DisplayName("DEF-27: the refusal names the method, both threads and what to do")
    void theRefusalSaysWhatToDo() throws Exception {
        var deferred = new Deferred<String>();

        Throwable refused = elsewhere(() -> deferred.callback("a"));

        assertThat(refused)
                .isInstanceOf(WrongThreadException.class)
                .hasMessageContaining("Deferred.callback on thread \"elsewhere\"")
                .hasMessageContaining("\"" + Thread.currentThread().getName() + "\"")
                .hasMessageContaining("callFromThread");
        assertThat(deferred.called()).isFalse();
    }

    @Test
    @DisplayName("DEF-27: each way to touch it is refused by its own name")
    void eachWayIsRefused() throws Exception {
        var deferred = new Deferred<String>();

        assertThat(elsewhere(() -> deferred.addCallback(String::length))).hasMessageContaining("Deferred.addCallback ");
        assertThat(elsewhere(() -> deferred.addErrback(_ -> ""))).hasMessageContaining("Deferred.addErrback ");
        assertThat(elsewhere(deferred::cancel)).hasMessageContaining("Deferred.cancel ");
        assertThat(elsewhere(deferred::pause)).hasMessageContaining("Deferred.pause ");
    }

    @Test
    @DisplayName("DEF-27: on the loop's own thread nothing is refused")
    void theLoopsThreadIsNotRefused() {
        var deferred = new Deferred<String>();

        deferred.callback("a");

        assertThat(deferred.result()).isEqualTo("a");
    }

    @Test
    @DisplayName("DEF-27: a Deferred made outside of any loop is not checked")
    void aDeferredOfNoLoopIsNotChecked() throws Exception {
        leave();
        var deferred = new Deferred<String>();
        loop = LoopThread.enter();

        assertThat(elsewhere(() -> deferred.callback("a"))).isNull();
    }

    @Test
    @DisplayName("DEF-27: when the loop has ended its Deferreds are anybody's")
    void afterTheLoopTheyAreAnybodys() throws Exception {
        var deferred = new Deferred<String>();
        leave();

        assertThat(elsewhere(() -> deferred.callback("a"))).isNull();
    }

    @Test
    @DisplayName("DEF-27: the thread of a coroutine of the loop is the loop's")
    void aCoroutinesThreadIsTheLoops() throws Exception {
        var deferred = new Deferred<String>();
        var awaiter = new Awaiter() {
            @Override
            protected void suspend(Deferred<?> awaited) {}

            @Override
            protected void resume() {}

            @Override
            protected @Nullable Deferred<?> awaited() {
                return null;
            }

            @Override
            public void cancel(Deferred<?> outcome) {}

            void run() {
                bind();
                deferred.callback("a");
            }
        };

        assertThat(elsewhere(awaiter::run)).isNull();
    }

    @Test
    @DisplayName("DEF-27: without debugging nothing is checked")
    void withoutDebuggingNothingIsChecked() throws Exception {
        Debug.enable(false);
        var deferred = new Deferred<String>();

        assertThat(elsewhere(() -> deferred.callback("a"))).isNull();
        assertThatCode(deferred::result).doesNotThrowAnyException();
    }

    private void leave() {
        if (loop != null) {
            loop.leave();
            loop = null;
        }
    }

    private static @Nullable Throwable elsewhere(Runnable action) throws Exception {
        var task = new FutureTask<@Nullable Throwable>(() -> {
            try {
                action.run();
                return null;
            } catch (RuntimeException thrown) {
                return thrown;
            }
        });
        Thread.ofPlatform().name("elsewhere").start(task);
        return task.get(10, TimeUnit.SECONDS);
    }
}
