package bowline.reactor;

import java.util.function.Consumer;

/// How to open a UDP port (UDP-1, UDP-10).
///
/// @param networkInterface the local address to receive on, in numbers; empty: every IPv4 address; `::`: every
///     address of both versions
/// @param maxPacketSize bytes of the longest datagram that is received whole, 1 to 65535; longer ones are cut
/// @param listenMultiple whether other programs, and this one, may open the same port with the same wish: each then
///     hears what is sent to a group
/// @param receiveBufferBytes how much the system keeps until it is read; 0: what the system does by itself
/// @param sendBufferBytes how much the system keeps until it is sent; 0: what the system does by itself
/// @param localAddresses whether each datagram tells which of the machine's addresses it came to
///     ([bowline.protocol.DatagramTransport#localAddress]); on the Linux backends
/// @param sendOffload whether what is written in one turn goes at its end, together, and equally long datagrams to one
///     peer cross the system as one, to be cut by the network card or just in front of it (`UDP_SEGMENT`): for those
///     who send much to few; on the Linux backends
/// @param receiveOffload whether the system may join datagrams of one sender on their way in, which are delivered one
///     by one all the same (`UDP_GRO`): for those who receive much from few; on the Linux backends
public record DatagramOptions(
        String networkInterface,
        int maxPacketSize,
        boolean listenMultiple,
        int receiveBufferBytes,
        int sendBufferBytes,
        boolean localAddresses,
        boolean sendOffload,
        boolean receiveOffload) {

    /// The longest datagram there can be.
    private static final int PACKET_SIZE_MAX = 65_535;

    /// Every IPv4 address, datagrams of up to 8192 bytes, the port for us alone.
    public static final DatagramOptions DEFAULT = new DatagramOptions("", 8192, false, 0, 0, false, false, false);

    /// Checks the sizes.
    public DatagramOptions {
        if (maxPacketSize < 1 || maxPacketSize > PACKET_SIZE_MAX) {
            throw new IllegalArgumentException("maxPacketSize " + maxPacketSize + " is not between 1 and 65535");
        }
        if (receiveBufferBytes < 0 || sendBufferBytes < 0) {
            throw new IllegalArgumentException(
                    "buffers of " + receiveBufferBytes + " and " + sendBufferBytes + " bytes: less than 0");
        }
    }

    /// The same on one local address.
    public DatagramOptions on(String networkInterface) {
        return with(change -> change.networkInterface = networkInterface);
    }

    /// The same for datagrams of up to so many bytes.
    public DatagramOptions maxPacketSize(int maxPacketSize) {
        return with(change -> change.maxPacketSize = maxPacketSize);
    }

    /// The same, sharing the port or not.
    public DatagramOptions listenMultiple(boolean listenMultiple) {
        return with(change -> change.listenMultiple = listenMultiple);
    }

    /// The same with other buffers of the system; 0 leaves one as it is.
    public DatagramOptions buffers(int receiveBufferBytes, int sendBufferBytes) {
        return with(change -> {
            change.receiveBufferBytes = receiveBufferBytes;
            change.sendBufferBytes = sendBufferBytes;
        });
    }

    /// The same, told for each datagram which of the machine's addresses it came to.
    public DatagramOptions withLocalAddresses() {
        return with(change -> change.localAddresses = true);
    }

    /// The same with what is written in one turn sent together, at its end.
    public DatagramOptions withSendOffload() {
        return with(change -> change.sendOffload = true);
    }

    /// The same with datagrams joined on their way in.
    public DatagramOptions withReceiveOffload() {
        return with(change -> change.receiveOffload = true);
    }

    private DatagramOptions with(Consumer<Change> difference) {
        var change = new Change(this);
        difference.accept(change);
        return change.made();
    }

    /// The components on their way from one record to the next.
    private static final class Change {
        private String networkInterface;
        private int maxPacketSize;
        private boolean listenMultiple;
        private int receiveBufferBytes;
        private int sendBufferBytes;
        private boolean localAddresses;
        private boolean sendOffload;
        private boolean receiveOffload;

        Change(DatagramOptions from) {
            networkInterface = from.networkInterface;
            maxPacketSize = from.maxPacketSize;
            listenMultiple = from.listenMultiple;
            receiveBufferBytes = from.receiveBufferBytes;
            sendBufferBytes = from.sendBufferBytes;
            localAddresses = from.localAddresses;
            sendOffload = from.sendOffload;
            receiveOffload = from.receiveOffload;
        }

        DatagramOptions made() {
            return new DatagramOptions(
                    networkInterface,
                    maxPacketSize,
                    listenMultiple,
                    receiveBufferBytes,
                    sendBufferBytes,
                    localAddresses,
                    sendOffload,
                    receiveOffload);
        }
    }
}
