package bowline.simulation.invariant;

/// What a producer hears of its consumer: pauses and resumes take turns, more is asked of it only while it is
/// registered, and a connection that ends tells it so once (PRO-1 to PRO-9). For the simulation's thread.
public final class ProducerCheck {
    private final String name;
    private boolean registered;
    private boolean paused;
    private boolean stopped;

    /// @param name what to call it in error messages
    public ProducerCheck(String name) {
        this.name = name;
    }

    /// It is registered; told before it is.
    public void registered() {
        require(!registered, "is registered twice");
        registered = true;
        paused = false;
    }

    /// It has unregistered itself.
    public void unregistered() {
        registered = false;
    }

    /// `pauseProducing` was called.
    public void paused() {
        require(registered, "is paused although it is not registered");
        require(!paused, "is paused twice");
        paused = true;
    }

    /// `resumeProducing` was called.
    public void resumed() {
        require(registered, "is resumed although it is not registered");
        require(paused, "is resumed although it was not paused");
        paused = false;
    }

    /// `produceMore` was called.
    public void asked() {
        require(registered, "is asked for more although it is not registered");
    }

    /// `stopProducing` was called.
    public void stopped() {
        require(registered, "is stopped although it is not registered");
        require(!stopped, "is stopped twice");
        stopped = true;
        registered = false;
    }

    /// Whether it may produce now.
    public boolean mayProduce() {
        return registered && !paused;
    }

    /// Looks at it once its connection has ended.
    ///
    /// @throws AssertionError if it was registered then and not told
    public void check() {
        require(!registered, "was never told that its connection had ended");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(name + " " + otherwise);
        }
    }
}
