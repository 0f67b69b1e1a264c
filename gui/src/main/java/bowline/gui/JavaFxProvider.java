package bowline.gui;

import bowline.reactor.Reactor;
import bowline.reactor.ReactorProvider;

/// Offers, under the name `javafx`, a reactor on the application thread of JavaFX; never chosen unless named (REA-12).
/// JavaFX is not part of the JDK: the program brings `org.openjfx:javafx-graphics` or more.
///
/// [Reactor#run] starts the toolkit if the program has not, and then ends it after [Reactor#stop]. A toolkit that the
/// program has started, as `Application.launch` does, stays. When the toolkit ends first, be it by `Platform.exit()` or
/// with the last window, the reactor is shut down on the thread that called `run()`.
public final class JavaFxProvider implements ReactorProvider {
    private static final String TOOLKIT = "javafx.application.Platform";

    /// For the service loader.
    public JavaFxProvider() {}

    @Override
    public String name() {
        return "javafx";
    }

    @Override
    public int preference() {
        return Integer.MIN_VALUE;
    }

    @Override
    public String obstacle() {
        try {
            Class.forName(TOOLKIT, false, JavaFxProvider.class.getClassLoader());
            return "";
        } catch (ClassNotFoundException | LinkageError absent) {
            return "there is no JavaFX; add org.openjfx:javafx-graphics to the class path, or to the module path with"
                    + " --add-modules javafx.graphics";
        }
    }

    @Override
    public Reactor create() {
        return ReactorProvider.named("nio").hosted(new JavaFxThread());
    }
}
