package bowline.protocol;

import bowline.failure.Failure;
import bowline.log.LogPrefixed;
import bowline.log.Logger;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What listens on a UDP port (section 23), or at a UNIX socket of datagrams (UNX-8). Subclasses override what they
/// care about; every callback does nothing by
/// default. All of it happens on the reactor's thread.
///
///     static class Echo extends DatagramProtocol {
///         @Override public void datagramReceived(ByteBuffer datagram, Address from) {
///             transport().write(datagram, from);
///         }
///     }
///
/// Order of calls: [#makeConnection] sets the transport and calls [#startProtocol]; then [#datagramReceived] and
/// [#connectionRefused] any number of times; then [#stopProtocol]. An exception that escapes from a callback is
/// logged, and the port goes on (UDP-2).
///
/// Whoever answers strangers should not answer with more than it was sent: the sender's address may be forged (rule
/// U1).
public class DatagramProtocol implements LogPrefixed {
    private static final Logger log = Logger.of(DatagramProtocol.class);

    private @Nullable DatagramTransport transport;
    private int users;
    private boolean noisy = true;

    /// A protocol that takes and discards whatever it is sent.
    public DatagramProtocol() {}

    /// The port.
    ///
    /// @throws IllegalStateException when it does not listen
    public final DatagramTransport transport() {
        if (transport == null) {
            throw new IllegalStateException(logPrefix() + " has no transport: it does not listen on a port");
        }
        return transport;
    }

    /// The port, as one that can join groups: every UDP port of the reactors here can (UDP-10).
    ///
    /// @throws IllegalStateException when it does not listen, or on a port without multicast
    public final MulticastTransport multicast() {
        if (transport() instanceof MulticastTransport multicast) {
            return multicast;
        }
        throw new IllegalStateException(transport() + " has no multicast; open it with listenMulticast");
    }

    /// Gives this protocol its port and starts it. Called by the port, once each time that it begins to listen.
    ///
    /// @throws IllegalStateException if it listens on a port already
    public void makeConnection(DatagramTransport madeTransport) {
        if (transport != null) {
            throw new IllegalStateException(
                    logPrefix() + " listens on " + transport.host() + " already; give each port its own protocol");
        }
        transport = madeTransport;
        try {
            doStart();
        } catch (RuntimeException thrown) {
            transport = null;
            throw thrown;
        }
    }

    /// The port is open.
    public void startProtocol() {}

    /// The port is closed; what is written now is ignored.
    public void stopProtocol() {}

    /// A datagram has come; it may be empty. `datagram` is lent for this call: copy what is to be kept
    /// (decision 2). What was longer than the port's `maxPacketSize` was cut there by the system (UDP-2).
    ///
    /// @param from the sender, in numbers
    public void datagramReceived(ByteBuffer datagram, Address from) {}

    /// The peer's machine has said that nobody listens there, for a datagram sent before. Only a connected port is
    /// told, and it stays open (UDP-5, UDP-9).
    public void connectionRefused() {}

    /// The port that was to be connected to a peer at a UNIX socket is not: there is none, or its own name
    /// cannot be taken (UNX-8). The protocol was not started.
    ///
    /// @param reason a [ConnectError] or [CannotListenError]
    public void connectionFailed(Failure reason) {}

    /// Counts one more user; the first starts the protocol (FAC-6).
    public final void doStart() {
        if (users++ > 0) {
            return;
        }
        if (noisy) {
            log.info("Starting protocol {protocol}", this);
        }
        try {
            startProtocol();
        } catch (RuntimeException thrown) {
            users--;
            throw thrown;
        }
    }

    /// Counts one user less; the last stops the protocol, which may listen again then (FAC-6). Ignored when
    /// there is none.
    public final void doStop() {
        if (users == 0 || --users > 0) {
            return;
        }
        if (noisy) {
            log.info("Stopping protocol {protocol}", this);
        }
        try {
            stopProtocol();
        } finally {
            transport = null;
        }
    }

    /// Whether starting and stopping is logged; it is, by default.
    public final boolean noisy() {
        return noisy;
    }

    /// Sets whether starting and stopping is logged.
    public final void noisy(boolean on) {
        noisy = on;
    }

    /// The name of the protocol in log lines: the simple class name (TRA-15).
    @Override
    public String logPrefix() {
        return getClass().getSimpleName();
    }
}
