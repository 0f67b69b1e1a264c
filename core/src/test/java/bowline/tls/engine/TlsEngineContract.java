package bowline.tls.engine;

/// What every implementation of TLS keeps to, as the clients of one and the servers of the same or of another.
public abstract class TlsEngineContract extends KeyLogContract {}
