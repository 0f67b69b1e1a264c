package bowline.gui;

import bowline.reactor.Reactor;
import bowline.reactor.ReactorProvider;

/// Offers, under the name `swing`, a reactor on the event thread of AWT and Swing; never chosen unless named (REA-12).
///
/// The event thread ends by itself when the last window was disposed of, so [Reactor#stop] leaves nothing behind. It
/// works without a display too, for the event thread does.
public final class SwingProvider implements ReactorProvider {

    /// For the service loader.
    public SwingProvider() {}

    @Override
    public String name() {
        return "swing";
    }

    @Override
    public int preference() {
        return Integer.MIN_VALUE;
    }

    @Override
    public String obstacle() {
        return "";
    }

    @Override
    public Reactor create() {
        return ReactorProvider.named("nio").hosted(new SwingThread());
    }
}
