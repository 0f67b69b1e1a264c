package bowline.linux.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.device.TunnelOptions;
import bowline.device.TunnelOptions.Layer;
import bowline.device.TunnelPort;
import bowline.protocol.Address;
import bowline.protocol.AlreadyConnected;
import bowline.protocol.CannotListenError;
import bowline.protocol.DatagramProtocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Reactor;
import bowline.reactor.UdpPort;
import bowline.time.Action;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Tunnels, each in a network namespace of a thread of its own, which goes away with that.
abstract class TunnelContract {
    private static final int NEW_NETWORK = 0x40000000;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    private Reactor reactor;

    abstract String backend();

    // A network of our own

    @SuppressWarnings("restricted") // a call into the C library
    private static int leaveNetwork() throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle unshare = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("unshare"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        return (int) unshare.invokeExact(NEW_NETWORK);
    }

    /// Runs a reactor in a network that has nothing but what `start` makes.
    private void run(Action start) throws Throwable {
        assumeTrue(Files.exists(Path.of("/dev/net/tun")), "there is no /dev/net/tun");
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/ip")), "there is no ip (Debian's iproute2)");
        var isolated = new CompletableFuture<Boolean>();
        var done = new CompletableFuture<Void>();
        Thread.ofPlatform().daemon().name("network").start(() -> {
            try {
                boolean left = leaveNetwork() == 0;
                isolated.complete(left);
                if (left) {
                    runHere(start);
                }
                done.complete(null);
            } catch (Throwable thrown) {
                isolated.complete(true);
                done.completeExceptionally(thrown);
            }
        });
        assumeTrue(isolated.get(), "we may not make a network namespace (CAP_SYS_ADMIN)");
        try {
            done.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause();
        }
    }

    private void runHere(Action start) throws Throwable {
        reactor = Reactor.create(backend());
        Throwable[] fault = new Throwable[1];
        reactor.callWhenRunning(() -> {
            try {
                start.run();
            } catch (Throwable thrown) {
                fault[0] = thrown;
                reactor.stop();
            }
        });
        reactor.callLater(TIME_LIMIT, () -> {
            fault[0] = new AssertionError("the reactor was not stopped within " + TIME_LIMIT);
            reactor.stop();
        });
        reactor.run(false);
        if (fault[0] != null) {
            throw fault[0];
        }
    }

    private static void ip(String arguments) throws IOException, InterruptedException {
        Process ip = new ProcessBuilder(("/usr/sbin/ip " + arguments).split(" "))
                .redirectErrorStream(true)
                .start();
        String said = new String(ip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ip.waitFor()).as(arguments + ": " + said).isZero();
    }

    // Packets

    private static boolean isUdp(ByteBuffer packet) {
        return packet.remaining() >= 28 && packet.get(0) >> 4 == 4 && packet.get(9) == 17;
    }

    /// Sends a datagram of IPv4 back to where it came from: that changes no checksum.
    private static byte[] reflected(ByteBuffer packet) {
        byte[] back = new byte[packet.remaining()];
        packet.get(0, back);
        packet.get(16, back, 12, 4);
        packet.get(12, back, 16, 4);
        packet.get(22, back, 20, 2);
        packet.get(20, back, 22, 2);
        return back;
    }

    /// Sends back what it gets.
    private static class Mirror extends DatagramProtocol {
        Address from;

        @Override
        public void datagramReceived(ByteBuffer packet, Address sender) {
            if (isUdp(packet)) {
                from = sender;
                transport().write(reflected(packet));
            }
        }
    }

    private final List<String> answers = new ArrayList<>();

    /// Stops the reactor when it has had an answer to each of so many words.
    private UdpPort asker(int count) {
        return reactor.listenUdp(
                0,
                new DatagramProtocol() {
                    @Override
                    public void datagramReceived(ByteBuffer datagram, Address from) {
                        answers.add(StandardCharsets.UTF_8.decode(datagram) + " from " + from);
                        if (answers.size() == count) {
                            reactor.stop();
                        }
                    }
                },
                DatagramOptions.DEFAULT);
    }

    @Test
    @DisplayName("IP packets go out of the system by a tunnel, and what is written to it comes in")
    void carriesPackets() throws Throwable {
        var mirror = new Mirror();
        run(() -> {
            TunnelPort tunnel = TunnelPort.open(reactor, TunnelOptions.DEFAULT.name("rope%d"), mirror);
            assertThat(tunnel.interfaceName()).isEqualTo("rope0");
            ip("addr add 10.99.0.1/24 dev rope0");
            ip("link set rope0 up");
            asker(1).write("hello", new Address.IPv4(Address.Carrier.UDP, "10.99.0.2", 7));
        });

        assertThat(answers).containsExactly("hello from 10.99.0.2:7");
        assertThat(mirror.from).isEqualTo(new Address.Device("rope0"));
    }

    @Test
    @DisplayName("packets of all sizes keep their bounds")
    void keepsBounds() throws Throwable {
        var lengths = new ArrayList<Integer>();
        run(() -> {
            TunnelPort.open(reactor, TunnelOptions.DEFAULT.name("rope"), new Mirror());
            ip("addr add 10.99.0.1/24 dev rope");
            ip("link set rope mtu 8000 up");
            var mirrored = new Address.IPv4(Address.Carrier.UDP, "10.99.0.2", 7);
            var growing = new DatagramProtocol() {
                @Override
                public void startProtocol() {
                    transport().write(new byte[0], mirrored);
                }

                @Override
                public void datagramReceived(ByteBuffer datagram, Address from) {
                    lengths.add(datagram.remaining());
                    if (lengths.size() > 300) {
                        reactor.stop();
                    } else {
                        transport().write(new byte[lengths.size() * 26], mirrored);
                    }
                }
            };
            reactor.listenUdp(0, growing, DatagramOptions.DEFAULT);
        });

        assertThat(lengths).hasSize(301);
        for (int i = 0; i < lengths.size(); i++) {
            assertThat(lengths.get(i)).isEqualTo(i * 26);
        }
    }

    @Test
    @DisplayName("a packet longer than maxPacketSize is cut")
    void cutsWhatIsTooLong() throws Throwable {
        var lengths = new ArrayList<Integer>();
        run(() -> {
            TunnelPort.open(reactor, TunnelOptions.DEFAULT.name("rope").maxPacketSize(100), new DatagramProtocol() {
                @Override
                public void datagramReceived(ByteBuffer packet, Address from) {
                    if (isUdp(packet)) {
                        lengths.add(packet.remaining());
                        if (lengths.size() == 2) {
                            reactor.stop();
                        }
                    }
                }
            });
            ip("addr add 10.99.0.1/24 dev rope");
            ip("link set rope up");
            UdpPort asker = asker(1);
            asker.write("x".repeat(72), new Address.IPv4(Address.Carrier.UDP, "10.99.0.2", 7));
            asker.write("x".repeat(73), new Address.IPv4(Address.Carrier.UDP, "10.99.0.2", 7));
        });

        assertThat(lengths).containsExactly(100, 100);
    }

    @Test
    @DisplayName("of Ethernet there are whole frames: the system asks all who has the address (RFC 826)")
    void carriesFrames() throws Throwable {
        byte[] asked = new byte[42];
        run(() -> {
            TunnelPort.open(reactor, TunnelOptions.DEFAULT.name("tap").layer(Layer.ETHERNET), new DatagramProtocol() {
                @Override
                public void datagramReceived(ByteBuffer frame, Address from) {
                    if (frame.getShort(12) == 0x0806 && asked[0] == 0) {
                        frame.get(0, asked);
                        reactor.stop();
                    }
                }
            });
            ip("addr add 10.99.0.1/24 dev tap");
            ip("link set tap up");
            asker(1).write("hello", new Address.IPv4(Address.Carrier.UDP, "10.99.0.2", 7));
        });

        assertThat(asked).startsWith(-1, -1, -1, -1, -1, -1).endsWith(10, 99, 0, 2);
    }

    @Test
    @DisplayName("what is written while the interface is down is dropped and counted; so is what is no packet")
    void dropsWhatNobodyTakes() throws Throwable {
        run(() -> {
            TunnelPort tunnel = TunnelPort.open(reactor, TunnelOptions.DEFAULT.name("rope"), new DatagramProtocol());
            tunnel.write(new byte[] {0x45, 0, 0, 20});
            assertThat(tunnel.droppedDatagrams()).isEqualTo(1);
            ip("link set rope up");
            tunnel.write(new byte[] {0x10, 0, 0, 20}); // of version 1 there is nothing
            assertThat(tunnel.droppedDatagrams()).isEqualTo(2);
            reactor.stop();
        });
    }

    @Test
    @DisplayName("it has one peer")
    void hasOnePeer() throws Throwable {
        run(() -> {
            TunnelPort tunnel = TunnelPort.open(reactor, TunnelOptions.DEFAULT.name("rope"), new DatagramProtocol());
            assertThat(tunnel.connectedTo()).isEqualTo(tunnel.host());
            assertThatThrownBy(() -> tunnel.connect("10.99.0.2", 7)).isInstanceOf(AlreadyConnected.class);
            assertThatThrownBy(() -> tunnel.write("x", new Address.Device("other")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("rope");
            reactor.stop();
        });
    }

    @Test
    @DisplayName("the interface goes with the port, which can listen again; the protocol is told of both")
    void comesAndGoes() throws Throwable {
        var told = new ArrayList<String>();
        run(() -> {
            TunnelPort tunnel = TunnelPort.open(reactor, TunnelOptions.DEFAULT.name("rope"), new DatagramProtocol() {
                @Override
                public void startProtocol() {
                    told.add("start");
                }

                @Override
                public void stopProtocol() {
                    told.add("stop");
                }
            });
            ip("link show rope");
            tunnel.stopListening()
                    .addCallback(_ -> {
                        assertThatThrownBy(() -> ip("link show rope")).hasMessageContaining("does not exist");
                        tunnel.write("ignored");
                        tunnel.startListening();
                        ip("link show rope");
                        return true;
                    })
                    .addBoth((again, failure) -> told.add(failure == null ? "again " + again : failure.toString()))
                    .onBoth(reactor::stop);
        });
        assertThat(told).containsExactly("start", "stop", "start", "again true", "stop");
    }

    @Test
    @DisplayName("a name that another one has is refused")
    void refusesATakenName() throws Throwable {
        run(() -> {
            TunnelPort.open(reactor, TunnelOptions.DEFAULT.name("rope"), new DatagramProtocol());
            assertThatThrownBy(
                            () -> TunnelPort.open(reactor, TunnelOptions.DEFAULT.name("rope"), new DatagramProtocol()))
                    .isInstanceOf(CannotListenError.class)
                    .hasMessageContaining("the tunnel rope")
                    .hasMessageContaining("another program has it open");
            reactor.stop();
        });
    }
}
