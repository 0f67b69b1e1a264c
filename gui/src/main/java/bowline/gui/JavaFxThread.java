package bowline.gui;

import bowline.reactor.ReactorHost;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/// The application thread of JavaFX. The only class here that needs JavaFX to be there.
final class JavaFxThread implements ReactorHost {
    /// How long the toolkit may be busy with other things, such as its own start, before it answers.
    private static final long ANSWER_MAX_SECONDS = 60;

    private volatile @Nullable Thread thread;
    private volatile Runnable whenEnded = () -> {};
    private boolean ours;

    @Override
    public String name() {
        return "the application thread of JavaFX";
    }

    @Override
    public void start(Runnable ended) {
        whenEnded = ended;
        if (thread == null) {
            startToolkit();
            Thread found = findThread();
            thread = found;
            Thread.ofVirtual().name("bowline.gui, the end of JavaFX").start(() -> awaitEnd(found));
        }
    }

    private void awaitEnd(Thread toolkits) {
        try {
            toolkits.join();
        } catch (InterruptedException never) {
            throw new AssertionError("nobody knows this thread", never);
        }
        whenEnded.run();
    }

    private void startToolkit() {
        try {
            Platform.startup(() -> {});
            ours = true;
        } catch (IllegalStateException startedBefore) {
            // By the program, or by a reactor before this one: then it is not ours to end.
        } catch (UnsupportedOperationException noDisplay) {
            throw new IllegalStateException(
                    "JavaFX cannot start: " + noDisplay.getMessage() + "; is there a display, and DISPLAY set?",
                    noDisplay);
        }
    }

    private static Thread findThread() {
        if (Platform.isFxApplicationThread()) {
            return Thread.currentThread();
        }
        var answer = new CompletableFuture<Thread>().orTimeout(ANSWER_MAX_SECONDS, TimeUnit.SECONDS);
        Platform.runLater(() -> answer.complete(Thread.currentThread()));
        try {
            return answer.join();
        } catch (CompletionException timeout) {
            throw new IllegalStateException(
                    "JavaFX does not answer within " + ANSWER_MAX_SECONDS
                            + " s; after Platform.exit() it cannot be started again in the same process",
                    timeout);
        }
    }

    @Override
    public void execute(Runnable turn) {
        Platform.runLater(turn);
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void stop() {
        if (ours) {
            Platform.exit();
        }
    }
}
