package bowline.gui;

import bowline.reactor.ReactorHost;
import java.awt.EventQueue;

/// The event thread of AWT and Swing. The toolkit starts it with the first event, and again when it had nothing to
/// show.
final class SwingThread implements ReactorHost {

    @Override
    public String name() {
        return "the event thread of Swing";
    }

    @Override
    public void start(Runnable ended) {
        // It is there whenever there is an event.
    }

    @Override
    public void execute(Runnable turn) {
        EventQueue.invokeLater(turn);
    }

    @Override
    public boolean isCurrent() {
        return EventQueue.isDispatchThread();
    }

    @Override
    public void stop() {
        // It ends with the last window.
    }
}
