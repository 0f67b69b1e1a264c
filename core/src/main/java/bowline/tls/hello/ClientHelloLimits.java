package bowline.tls.hello;

/// How much a client may say before anybody knows whom it is (G1, G2).
///
/// @param messageMaxBytes the longest ClientHello, without its header of 4 bytes; 64 to 65536
/// @param recordsMax over how many records it may be spread; 1 to 65536
/// @param extensionsMax how many extensions it may have; 1 to 1024
/// @param entriesMax how many entries each of its lists may have, those of cipher suites for one; 1 to 32767
public record ClientHelloLimits(int messageMaxBytes, int recordsMax, int extensionsMax, int entriesMax) {
    /// A handshake message has its type and its length before it (RFC 8446 §4).
    static final int MESSAGE_HEADER_BYTES = 4;

    /// A record has its type, a version and its length before it (RFC 8446 §5.1).
    static final int RECORD_HEADER_BYTES = 5;

    private static final int LEAST_BYTES = 64;
    private static final int MOST = 65_536;
    private static final int MOST_EXTENSIONS = 1024;
    private static final int MOST_ENTRIES = 32_767;

    /// 16 KiB, 1024 records, 64 extensions, 512 entries. What browsers say has about 2 KiB and 20 extensions.
    public static final ClientHelloLimits DEFAULT = new ClientHelloLimits(16_384, 1024, 64, 512);

    /// Checks the limits.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public ClientHelloLimits {
        check("messageMaxBytes", messageMaxBytes, LEAST_BYTES, MOST);
        check("recordsMax", recordsMax, 1, MOST);
        check("extensionsMax", extensionsMax, 1, MOST_EXTENSIONS);
        check("entriesMax", entriesMax, 1, MOST_ENTRIES);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not between " + least + " and " + most);
        }
    }

    /// Most bytes that lie unread while the ClientHello is not whole: the message and the headers of its records.
    public int unreadMaxBytes() {
        return MESSAGE_HEADER_BYTES + messageMaxBytes + recordsMax * RECORD_HEADER_BYTES;
    }
}
