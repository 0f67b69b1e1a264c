package bowline.linux.system;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Senders of datagrams, as the kernel writes them and as Java has them, so that one who comes again makes no garbage.
/// A table of fixed size, in which each has one place and drives out who was there: strangers cost no memory.
final class AddressMemory {
    private static final int PLACES = 256;

    private static final int INET6_ADDRESS = 8;
    private static final int INET6_SCOPE = 24;
    private static final long INT_MASK = 0xffff_ffffL;

    private final long[] ports = new long[PLACES];
    private final long[] highs = new long[PLACES];
    private final long[] lows = new long[PLACES];
    private final @Nullable SocketAddress[] known = new SocketAddress[PLACES];

    /// Reads an address as [SocketAddressCodec#read] does.
    SocketAddress read(long at, int length) {
        if (length < Short.BYTES) {
            return SocketAddressCodec.read(at, length);
        }
        return switch (Memory.getShort(at)) {
            case Sockets.INET -> known(at, length, Memory.getLong(at), 0, 0);
            case Sockets.INET6 ->
                known(
                        at,
                        length,
                        (Memory.getInt(at) & INT_MASK) | (long) Memory.getInt(at + INET6_SCOPE) << Integer.SIZE,
                        Memory.getLong(at + INET6_ADDRESS),
                        Memory.getLong(at + INET6_ADDRESS + Long.BYTES));
            default -> SocketAddressCodec.read(at, length);
        };
    }

    private SocketAddress known(long at, int length, long port, long high, long low) {
        int place = place(port, high, low);
        SocketAddress present = known[place];
        if (present != null && ports[place] == port && highs[place] == high && lows[place] == low) {
            return present;
        }
        SocketAddress read = SocketAddressCodec.read(at, length);
        ports[place] = port;
        highs[place] = high;
        lows[place] = low;
        known[place] = read;
        return read;
    }

    private static int place(long port, long high, long low) {
        long hash = (port + 31 * high + 961 * low) * 0x9E3779B97F4A7C15L; // neighbours end up far apart
        return (int) (hash >>> (Long.SIZE - Integer.numberOfTrailingZeros(PLACES)));
    }
}
