package bowline.protocol;

/// One client's way to one destination, which can be walked again and again (section 19).
public interface Connector {

    /// Where a connector stands (CON-2).
    enum State {
        /// Nothing is under way.
        DISCONNECTED,
        /// An attempt is under way.
        CONNECTING,
        /// There is a connection.
        CONNECTED
    }

    /// Where it stands now.
    State state();

    /// Begins an attempt.
    ///
    /// @throws IllegalStateException unless it is disconnected (CON-2)
    void connect();

    /// Ends the attempt under way, or loses the connection, or does nothing (CON-9).
    void disconnect();

    /// Ends the attempt under way, which then fails with [UserError] (CON-9).
    ///
    /// @throws NotConnectingError if none is under way
    void stopConnecting();

    /// Where it leads (CON-10).
    Address destination();
}
