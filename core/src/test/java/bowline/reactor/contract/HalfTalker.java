package bowline.reactor.contract;

import bowline.protocol.HalfCloseable;

/// A [Talker] that goes on with half a connection.
final class HalfTalker extends Talker implements HalfCloseable {
    private Runnable whenReadEnded = () -> {};
    private Runnable whenWriteEnded = () -> {};

    HalfTalker onReadEnded(Runnable action) {
        whenReadEnded = action;
        return this;
    }

    HalfTalker onWriteEnded(Runnable action) {
        whenWriteEnded = action;
        return this;
    }

    @Override
    public void readConnectionLost() {
        calls.add("read ended");
        whenReadEnded.run();
    }

    @Override
    public void writeConnectionLost() {
        calls.add("write ended");
        whenWriteEnded.run();
    }
}
