package bowline.defer;

/// A Deferred was fired twice (DEF-10); the second result was discarded. When debugging, the message
/// tells where the Deferred was made and first fired (UNH-4).
public class AlreadyCalledError extends IllegalStateException {
    private static final long serialVersionUID = 1;

    AlreadyCalledError(String trail) {
        super("the Deferred has fired already; create a new one for each result" + trail);
    }
}
