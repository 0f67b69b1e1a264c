package bowline.gui;

import bowline.reactor.Reactor;
import bowline.reactor.Reactor.Phase;
import java.time.Duration;
import java.util.Map;
import javafx.scene.Group;
import javafx.scene.Scene;
import javafx.stage.Stage;

/// Small programs about the life of the toolkit, each for a process of its own, for a toolkit starts once in it.
final class JavaFxPrograms {
    private static final Map<String, Runnable> PROGRAMS = Map.of(
            "stops", JavaFxPrograms::stops,
            "loses-its-window", JavaFxPrograms::losesItsWindow,
            "runs", () -> javaFx().run(false));

    private JavaFxPrograms() {}

    public static void main(String... args) {
        try {
            PROGRAMS.getOrDefault(args[0], () -> {}).run();
        } catch (RuntimeException thrown) {
            IO.println("failed: " + thrown.getMessage());
            System.exit(1);
        }
        IO.println("main ends");
    }

    private static Reactor javaFx() {
        Reactor reactor = Reactor.create("javafx");
        reactor.addSystemEventTrigger(
                Phase.AFTER, "shutdown", () -> IO.println("shut down on the toolkit's thread: " + onToolkit()));
        return reactor;
    }

    private static boolean onToolkit() {
        return Thread.currentThread().getName().startsWith("JavaFX");
    }

    private static void stops() {
        Reactor reactor = javaFx();
        reactor.callWhenRunning(() -> reactor.callLater(Duration.ofMillis(50), reactor::stop));
        reactor.run(false);
    }

    private static void losesItsWindow() {
        Reactor reactor = javaFx();
        reactor.callWhenRunning(() -> {
            var stage = new Stage();
            stage.setScene(new Scene(new Group(), 50, 50));
            stage.show();
            reactor.callLater(Duration.ofMillis(50), stage::close);
        });
        reactor.run(false);
    }
}
