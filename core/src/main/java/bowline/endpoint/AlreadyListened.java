package bowline.endpoint;

/// An endpoint that can be listened at once was asked a second time (END-11).
public class AlreadyListened extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /// @param endpoint which one
    public AlreadyListened(String endpoint) {
        super(endpoint
                + " was listened at already, and can be only once, for its descriptor was taken over then; stop and"
                + " start the port that came of it, or bring another descriptor");
    }
}
