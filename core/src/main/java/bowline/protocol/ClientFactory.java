package bowline.protocol;

import bowline.failure.Failure;

/// A factory that also hears how its connection attempts went (section 19). For programs in the older
/// style; an endpoint gives a Deferred of the connected protocol instead.
///
/// @param <P> the protocols it makes
public abstract class ClientFactory<P extends Protocol> extends Factory<P> {

    /// For subclasses.
    protected ClientFactory() {}

    /// An attempt has begun (CON-3).
    public void startedConnecting(Connector connector) {}

    /// The attempt failed before a connection was made (CON-6). Calling `connector.connect()` in here
    /// tries again and keeps the factory started (CON-8).
    public void clientConnectionFailed(Connector connector, Failure reason) {}

    /// The connection was made and is now lost; the protocol heard of it first (CON-7).
    public void clientConnectionLost(Connector connector, Failure reason) {}
}
