package bowline.gui;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.junit.Program;
import bowline.junit.VirtualDisplay;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorProvider;
import bowline.reactor.contract.ConnectContract;
import bowline.reactor.contract.DescriptorContract;
import bowline.reactor.contract.LifeContract;
import bowline.reactor.contract.ListenContract;
import bowline.reactor.contract.ProducerContract;
import bowline.reactor.contract.ReactorContract;
import bowline.reactor.contract.TcpContract;
import bowline.reactor.contract.TurnContract;
import bowline.reactor.contract.UnreadContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.scene.Group;
import javafx.scene.Scene;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.stage.Modality;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// REA-14 on JavaFX, with a display of its own. The toolkit starts once in a process: it is there for all tests of this
/// class.
class JavaFxReactorTest {

    private static VirtualDisplay display;
    private static Thread toolkit;

    @BeforeAll
    static void startToolkit() throws Throwable {
        Assumptions.assumeTrue(VirtualDisplay.isAvailable(), "Xvfb is not installed");
        display = VirtualDisplay.open(640, 480);
        NativeEnvironment.set("DISPLAY", display.name());
        System.setProperty("prism.order", "sw");
        try {
            var started = new CompletableFuture<Thread>();
            Platform.startup(() -> started.complete(Thread.currentThread()));
            toolkit = started.join();
        } catch (UnsupportedOperationException missing) {
            Assumptions.abort("JavaFX finds no GTK 3: " + missing.getMessage());
        }
        Platform.setImplicitExit(false);
    }

    /// GTK ends the process when its display is gone, so the display goes last.
    @AfterAll
    static void endToolkit() throws InterruptedException {
        if (toolkit != null) {
            Platform.exit();
            toolkit.join();
        }
        if (display != null) {
            display.close();
        }
    }

    private static Reactor javaFx() {
        return Reactor.create("javafx");
    }

    @Nested
    class Life extends LifeContract {
        @Override
        protected Reactor newReactor() {
            return javaFx();
        }
    }

    @Nested
    class Turn extends TurnContract {
        @Override
        protected Reactor newReactor() {
            return javaFx();
        }
    }

    @Nested
    class Listen extends ListenContract {
        @Override
        protected Reactor newReactor() {
            return javaFx();
        }
    }

    @Nested
    class Connect extends ConnectContract {
        @Override
        protected Reactor newReactor() {
            return javaFx();
        }
    }

    @Nested
    class Tcp extends TcpContract {
        @Override
        protected Reactor newReactor() {
            return javaFx();
        }
    }

    @Nested
    class Unread extends UnreadContract {
        @Override
        protected Reactor newReactor() {
            return javaFx();
        }
    }

    @Nested
    class Produce extends ProducerContract {
        @Override
        protected Reactor newReactor() {
            return javaFx();
        }
    }

    @Nested
    class Descriptors extends DescriptorContract {
        @Override
        protected Reactor newReactor() {
            return javaFx();
        }
    }

    @Nested
    @Timeout(30)
    class OnTheApplicationThread extends ReactorContract {
        private final List<Object> seen = new ArrayList<>();

        @Override
        protected Reactor newReactor() {
            return javaFx();
        }

        @Test
        @DisplayName("REA-12: it can be had, and is never chosen unless named")
        void isNotTheDefault() {
            assertThat(ReactorProvider.named("javafx").obstacle()).isEmpty();
            assertThat(ReactorProvider.best().name()).isEqualTo("nio");
        }

        @Test
        void callsBackWhereJavaFxWants() {
            run(() -> {
                seen.add(Platform.isFxApplicationThread());
                reactor.deferToThread(Platform::isFxApplicationThread)
                        .onSuccess(seen::add)
                        .onSuccess(_ -> seen.add(Platform.isFxApplicationThread()))
                        .onBoth(reactor::stop);
            });

            assertThat(seen).containsExactly(true, false, true);
        }

        @Test
        void cannotBeRunOnTheApplicationThread() {
            var refused = new CompletableFuture<Throwable>();
            Platform.runLater(() -> {
                try {
                    reactor.run(false);
                } catch (IllegalStateException thrown) {
                    refused.complete(thrown);
                }
            });

            assertThat(refused.join()).hasMessageContaining("would block the application thread of JavaFX");
        }

        @Test
        void changesAWindowFromCallbacks() {
            run(() -> {
                var bar = new Rectangle(0, 20, Color.GREEN);
                var stage = new Stage();
                stage.setScene(new Scene(new Group(bar), 200, 20));
                stage.setOnShown(_ -> reactor.callLater(Duration.ofMillis(5), () -> {
                    bar.setWidth(100);
                    Color left =
                            stage.getScene().snapshot(null).getPixelReader().getColor(50, 10);
                    Color right =
                            stage.getScene().snapshot(null).getPixelReader().getColor(150, 10);
                    seen.add(left.equals(Color.GREEN));
                    seen.add(right.equals(Color.WHITE));
                    stage.close();
                    reactor.stop();
                }));
                stage.show();
            });

            assertThat(seen).containsExactly(true, true);
        }

        @Test
        void goesOnUnderAModalWindow() {
            run(() -> Platform.runLater(() -> {
                var dialog = new Stage();
                dialog.initModality(Modality.APPLICATION_MODAL);
                dialog.setScene(new Scene(new Group(), 100, 100));
                reactor.callLater(Duration.ofMillis(10), () -> {
                    seen.add("timed call");
                    dialog.close();
                });
                dialog.showAndWait();
                seen.add("dialog closed");
                reactor.stop();
            }));

            assertThat(seen).containsExactly("timed call", "dialog closed");
        }
    }

    /// Programs in processes of their own, for a toolkit ends once.
    @Nested
    @Timeout(60)
    class LifeOfTheToolkit {
        private final VirtualDisplay display;

        LifeOfTheToolkit() throws IOException {
            display = VirtualDisplay.open(320, 240);
        }

        @AfterEach
        void closeDisplay() {
            display.close();
        }

        private List<String> output(String display, String program) throws Exception {
            try (Program running = Program.command(List.of(
                    "env",
                    "DISPLAY=" + display,
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dprism.order=sw",
                    "-cp",
                    System.getProperty("java.class.path"),
                    JavaFxPrograms.class.getName(),
                    program))) {
                return running.rest();
            }
        }

        @Test
        void itStartsWithTheReactorAndEndsWithIt() throws Exception {
            assertThat(output(display.name(), "stops"))
                    .endsWith("shut down on the toolkit's thread: true", "main ends");
        }

        @Test
        void theReactorEndsWithTheLastWindow() throws Exception {
            assertThat(output(display.name(), "loses-its-window"))
                    .endsWith("shut down on the toolkit's thread: false", "main ends");
        }

        @Test
        void withoutADisplayItSaysSo() throws Exception {
            assertThat(output("", "runs")).anyMatch(line -> line.startsWith("failed: JavaFX cannot start"));
        }
    }
}
