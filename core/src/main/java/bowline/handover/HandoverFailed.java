package bowline.handover;

/// There is no successor, and the old process serves on as before. The message says why.
public final class HandoverFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    HandoverFailed(String message) {
        super(message);
    }
}
