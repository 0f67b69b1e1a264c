package bowline.tls;

import bowline.protocol.TransportLimits;
import java.time.Duration;
import java.util.function.Consumer;

/// How much a peer may ask of us, in bytes, in time and in work (TLS-4). Past a limit the connection is lost, with a
/// reason that names it.
///
/// @param handshakeTimeout how long a handshake may take, from the connection to its end: reading whom the client
/// asks for, finding its certificate and waiting for a free thread are part of it
/// @param closeTimeout how long the peer's `close_notify` is waited for when ours is sent (TLS-9), and how long a
/// connection may take to close after a failure
/// @param clientHelloMaxBytes most bytes of a client's first message
/// @param handshakeMaxBytes most bytes of the peer's before the handshake is through
/// @param unreadMaxBytes most bytes of plain text that the protocol may leave unread
/// @param outboundMaxBytes most bytes that may wait for the end of the handshake, or of a file
/// @param datalessRecordsMax most records in [#DATALESS_TIME] that carry no data, as tickets and changes of keys
/// @param workMax how many handshakes are computed at the same time, for all connections of one options object;
/// [#BY_PROCESSORS] for as many as there are processors
/// @param workWaitingMax how many more may wait for their turn
/// @param handshakesBySourceMax how many handshakes of one source a server has under way (as
/// [bowline.policy.ConnectionsBySource] tells sources apart)
public record TlsLimits(
        Duration handshakeTimeout,
        Duration closeTimeout,
        int clientHelloMaxBytes,
        int handshakeMaxBytes,
        int unreadMaxBytes,
        long outboundMaxBytes,
        int datalessRecordsMax,
        int workMax,
        int workWaitingMax,
        int handshakesBySourceMax) {

    /// The time that [#datalessRecordsMax] is for.
    public static final Duration DATALESS_TIME = Duration.ofSeconds(10);

    /// For [#workMax]: as many as the machine has processors.
    public static final int BY_PROCESSORS = 0;

    /// 10 s for a handshake, 5 s for a close, 16 KiB of ClientHello, 128 KiB of handshake; what a connection
    /// may keep as in [TransportLimits#DEFAULT]; 64 records without data; as much work at a time as there are
    /// processors and 1024 waiting; 128 handshakes a source.
    public static final TlsLimits DEFAULT = new TlsLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            16_384,
            131_072,
            TransportLimits.DEFAULT.unreadMaxBytes(),
            TransportLimits.DEFAULT.outboundMaxBytes(),
            64,
            BY_PROCESSORS,
            1024,
            128);

    /// Checks the limits.
    public TlsLimits {
        if (!handshakeTimeout.isPositive() || !closeTimeout.isPositive()) {
            throw new IllegalArgumentException("time limits of TLS are longer than nothing, not handshakeTimeout "
                    + handshakeTimeout + ", closeTimeout " + closeTimeout);
        }
        require("clientHelloMaxBytes", clientHelloMaxBytes, 1);
        require("handshakeMaxBytes", handshakeMaxBytes, 1);
        require("unreadMaxBytes", unreadMaxBytes, 1);
        require("outboundMaxBytes", outboundMaxBytes, 1);
        require("datalessRecordsMax", datalessRecordsMax, 1);
        require("workMax", workMax, BY_PROCESSORS);
        require("workWaitingMax", workWaitingMax, 0);
        require("handshakesBySourceMax", handshakesBySourceMax, 1);
    }

    private static void require(String limit, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(limit + " of TLS is at least " + least + ", not " + value);
        }
    }

    /// The same with another time for handshakes.
    public TlsLimits handshakeTimeout(Duration time) {
        return with(change -> change.handshakeTimeout = time);
    }

    /// The same with another time for the peer's `close_notify`.
    public TlsLimits closeTimeout(Duration time) {
        return with(change -> change.closeTimeout = time);
    }

    /// The same with another limit for a client's first message.
    public TlsLimits clientHelloMaxBytes(int bytes) {
        return with(change -> change.clientHelloMaxBytes = bytes);
    }

    /// The same with another limit for the peer's part of a handshake.
    public TlsLimits handshakeMaxBytes(int bytes) {
        return with(change -> change.handshakeMaxBytes = bytes);
    }

    /// The same with another limit for unread plain text.
    public TlsLimits unreadMaxBytes(int bytes) {
        return with(change -> change.unreadMaxBytes = bytes);
    }

    /// The same with another limit for what waits to be sent.
    public TlsLimits outboundMaxBytes(long bytes) {
        return with(change -> change.outboundMaxBytes = bytes);
    }

    /// The same with another limit for records without data.
    public TlsLimits datalessRecordsMax(int records) {
        return with(change -> change.datalessRecordsMax = records);
    }

    /// The same with another limit for work at the same time, and for work that waits.
    public TlsLimits work(int max, int waitingMax) {
        return with(change -> {
            change.workMax = max;
            change.workWaitingMax = waitingMax;
        });
    }

    /// The same with another limit for handshakes of one source.
    public TlsLimits handshakesBySourceMax(int handshakes) {
        return with(change -> change.handshakesBySourceMax = handshakes);
    }

    private TlsLimits with(Consumer<Change> difference) {
        var change = new Change(this);
        difference.accept(change);
        return change.made();
    }

    /// The components on their way from one record to the next.
    private static final class Change {
        private Duration handshakeTimeout;
        private Duration closeTimeout;
        private int clientHelloMaxBytes;
        private int handshakeMaxBytes;
        private int unreadMaxBytes;
        private long outboundMaxBytes;
        private int datalessRecordsMax;
        private int workMax;
        private int workWaitingMax;
        private int handshakesBySourceMax;

        Change(TlsLimits from) {
            handshakeTimeout = from.handshakeTimeout;
            closeTimeout = from.closeTimeout;
            clientHelloMaxBytes = from.clientHelloMaxBytes;
            handshakeMaxBytes = from.handshakeMaxBytes;
            unreadMaxBytes = from.unreadMaxBytes;
            outboundMaxBytes = from.outboundMaxBytes;
            datalessRecordsMax = from.datalessRecordsMax;
            workMax = from.workMax;
            workWaitingMax = from.workWaitingMax;
            handshakesBySourceMax = from.handshakesBySourceMax;
        }

        TlsLimits made() {
            return new TlsLimits(
                    handshakeTimeout,
                    closeTimeout,
                    clientHelloMaxBytes,
                    handshakeMaxBytes,
                    unreadMaxBytes,
                    outboundMaxBytes,
                    datalessRecordsMax,
                    workMax,
                    workWaitingMax,
                    handshakesBySourceMax);
        }
    }
}
