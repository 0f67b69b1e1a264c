package bowline.tls.certificate;

/// Believes everybody: whoever sits between the two ends can read and change everything. For experiments; each use
/// of it is a warning in the log. [PinnedKeys] is as easy, and safe.
public final class InsecureTrust implements Trust {
    /// There is nothing to say about it.
    public InsecureTrust() {}
}
