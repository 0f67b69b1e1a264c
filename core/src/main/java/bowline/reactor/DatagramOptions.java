package bowline.reactor;

/// How to open a UDP port (UDP-1, UDP-10).
///
/// @param networkInterface the local address to receive on, in numbers; empty: every IPv4 address; `::`: every
///     address of both versions
/// @param maxPacketSize bytes of the longest datagram that is received whole, 1 to 65535; longer ones are cut
/// @param listenMultiple whether other programs, and this one, may open the same port with the same wish: each then
///     hears what is sent to a group
/// @param receiveBufferBytes how much the system keeps until it is read; 0: what the system does by itself
/// @param sendBufferBytes how much the system keeps until it is sent; 0: what the system does by itself
public record DatagramOptions(
        String networkInterface,
        int maxPacketSize,
        boolean listenMultiple,
        int receiveBufferBytes,
        int sendBufferBytes) {

    /// The longest datagram there can be.
    private static final int PACKET_SIZE_MAX = 65_535;

    /// Every IPv4 address, datagrams of up to 8192 bytes, the port for us alone.
    public static final DatagramOptions DEFAULT = new DatagramOptions("", 8192, false, 0, 0);

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
        return new DatagramOptions(
                networkInterface, maxPacketSize, listenMultiple, receiveBufferBytes, sendBufferBytes);
    }

    /// The same for datagrams of up to so many bytes.
    public DatagramOptions maxPacketSize(int maxPacketSize) {
        return new DatagramOptions(
                networkInterface, maxPacketSize, listenMultiple, receiveBufferBytes, sendBufferBytes);
    }

    /// The same, sharing the port or not.
    public DatagramOptions listenMultiple(boolean listenMultiple) {
        return new DatagramOptions(
                networkInterface, maxPacketSize, listenMultiple, receiveBufferBytes, sendBufferBytes);
    }

    /// The same with other buffers of the system; 0 leaves one as it is.
    public DatagramOptions buffers(int receiveBufferBytes, int sendBufferBytes) {
        return new DatagramOptions(
                networkInterface, maxPacketSize, listenMultiple, receiveBufferBytes, sendBufferBytes);
    }
}
