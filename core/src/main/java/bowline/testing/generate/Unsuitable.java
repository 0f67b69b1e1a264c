package bowline.testing.generate;

/// These choices lead to no value that a test could use.
public final class Unsuitable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Without a trace: it is no fault.
    public Unsuitable() {
        super(
                "no suitable value in " + Generator.TRIES_MAX + " tries; make it, rather than wait for it",
                null,
                false,
                false);
    }
}
