package bowline.protocol;

/// A [Transport] over TCP, with its options. Failing to set one is logged, not thrown (TRA-18).
public interface TcpTransport extends Transport {

    /// Whether small packets are sent at once (`TCP_NODELAY`). Off by default.
    boolean tcpNoDelay();

    /// Turns `TCP_NODELAY` on or off.
    void tcpNoDelay(boolean on);

    /// Whether the system probes an idle connection. Off by default.
    boolean tcpKeepAlive();

    /// Turns keep-alive probes on or off.
    void tcpKeepAlive(boolean on);
}
