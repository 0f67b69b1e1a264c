package bowline.linux.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bowline.reactor.loop.AbstractSocketAddress;
import java.lang.foreign.Arena;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SocketAddressCodecTest {
    private final Arena arena = Arena.ofConfined();
    private final long at = Memory.allocate(arena, SocketAddressCodec.MAX_BYTES);

    @AfterEach
    void close() {
        arena.close();
    }

    static Stream<SocketAddress> addresses() throws Exception {
        return Stream.of(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 80),
                new InetSocketAddress(InetAddress.ofLiteral("255.254.253.252"), 65_535),
                new InetSocketAddress(InetAddress.ofLiteral("::1"), 1),
                new InetSocketAddress(
                        Inet6Address.getByAddress(
                                null, InetAddress.ofLiteral("fe80::1:2").getAddress(), 7),
                        9),
                new AbstractSocketAddress("a name"),
                UnixDomainSocketAddress.of("/tmp/socket"),
                UnixDomainSocketAddress.of("/tmp/sock\u00e9t"));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void readsWhatItWrote(SocketAddress address) throws Exception {
        int length = SocketAddressCodec.write(address, at);

        assertThat(SocketAddressCodec.read(at, length)).isEqualTo(address);
    }

    /// The bytes of `struct sockaddr_in`: family in the machine's order, port and address in the network's.
    @Test
    void writesWhatTheKernelReads() throws Exception {
        int length = SocketAddressCodec.write(new InetSocketAddress(InetAddress.ofLiteral("1.2.3.4"), 0x1234), at);
        var bytes = new byte[length];
        Memory.get(at, bytes);

        assertThat(bytes).containsExactly(2, 0, 0x12, 0x34, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void mapsAnAddressForASocketOfTheOtherFamilyAndBack() throws Exception {
        var address = new InetSocketAddress(InetAddress.ofLiteral("1.2.3.4"), 5);
        int length = SocketAddressCodec.write(address, Sockets.INET6, at);

        assertThat(length).isEqualTo(28);
        assertThat(SocketAddressCodec.read(at, length)).isEqualTo(address);
    }

    /// What accept tells of a client of a UNIX socket that has no name.
    @Test
    void readsNoNameAsNone() {
        Memory.putShort(at, Sockets.UNIX);

        assertThat(SocketAddressCodec.read(at, Short.BYTES)).isEqualTo(UnixDomainSocketAddress.of(""));
        assertThat(SocketAddressCodec.read(at, 0)).isEqualTo(UnixDomainSocketAddress.of(""));
    }

    @Test
    void refusesAPathThatIsTooLong() {
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> SocketAddressCodec.write(UnixDomainSocketAddress.of("/" + "x".repeat(107)), at))
                .withMessageContaining("107 at most");
    }
}
