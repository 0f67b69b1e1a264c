package bowline.reactor.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Placement;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.reactor.ReactorProvider;
import bowline.reactor.SharedPort;
import bowline.reactor.Sharing;
import bowline.reactor.SharingOptions;
import bowline.reactor.UnixListenOptions;
import bowline.reactor.contract.GroupContract;
import java.io.IOException;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NioHandOffGroupTest extends GroupContract {
    private static final ListenOptions LOOPBACK = ListenOptions.DEFAULT.on("127.0.0.1");

    @Override
    protected ReactorProvider provider() {
        return new NioProvider();
    }

    @Override
    protected SharingOptions sharing() {
        return SharingOptions.DEFAULT.sharing(Sharing.HAND_OFF);
    }

    /// Counts the connections that each reactor has now.
    private static final class Counter extends Protocol {
        private final AtomicIntegerArray counts;
        private final int at;
        private final Runnable changed;

        Counter(AtomicIntegerArray counts, int at, Runnable changed) {
            this.counts = counts;
            this.at = at;
            this.changed = changed;
        }

        @Override
        public void connectionMade() {
            counts.incrementAndGet(at);
            changed.run();
        }
    }

    private static AtomicIntegerArray listen(ReactorGroup group, SharedPort port, Runnable changed) {
        var counts = new AtomicIntegerArray(group.size());
        for (int i = 0; i < group.size(); i++) {
            int at = i;
            port.listen(group.reactors().get(i), Factory.of(() -> new Counter(counts, at, changed)));
        }
        return counts;
    }

    private static List<Socket> connect(SharedPort port, int number) throws IOException {
        var host = (Address.IPv4) port.host();
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < number; i++) {
            sockets.add(new Socket(host.host(), host.port()));
        }
        return sockets;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    @DisplayName("LIS-10: the next connection goes where there are fewest, or to each in turn")
    void sharesOutEvenly() throws IOException {
        for (Placement placement : Placement.values()) {
            ReactorGroup group = ReactorGroup.create(provider(), 4);
            SharedPort port = group.share(0, LOOPBACK, sharing().placement(placement));
            var arrived = new CountDownLatch(40);
            AtomicIntegerArray counts = listen(group, port, arrived::countDown);
            var sockets = new ArrayList<Socket>();
            group.first().callInThread(() -> {
                sockets.addAll(connect(port, 40));
                arrived.await();
                group.stop();
            });
            group.run(false);
            close(sockets);
            assertEquals("[10, 10, 10, 10]", counts.toString(), placement.toString());
        }
    }

    @Test
    @DisplayName("LIS-6: a reactor that does not take what it is given gets no more than waitingMax")
    void aBusyReactorGetsNoMore() throws IOException {
        ReactorGroup group = ReactorGroup.create(provider(), 2);
        SharedPort port = group.share(0, LOOPBACK, sharing().waitingMax(3));
        var others = new CountDownLatch(17);
        var all = new CountDownLatch(20);
        AtomicIntegerArray counts = listen(group, port, () -> {
            others.countDown();
            all.countDown();
        });
        var busy = new CountDownLatch(1);
        Reactor second = group.reactors().get(1);
        var sockets = new ArrayList<Socket>();
        var atThatTime = new int[2];
        group.first().callInThread(() -> {
            var blocked = new CountDownLatch(1);
            second.callFromThread(() -> {
                blocked.countDown();
                busy.await();
            });
            blocked.await();
            sockets.addAll(connect(port, 20));
            others.await();
            Arrays.setAll(atThatTime, counts::get);
            busy.countDown();
            all.await();
            group.stop();
        });
        group.run(false);
        close(sockets);

        assertThat(atThatTime).containsExactly(17, 0);
        assertEquals("[17, 3]", counts.toString());
    }

    @Test
    @DisplayName("LIS-10, UNX-1: a UNIX socket is shared as a port is, and is gone when who accepts leaves")
    @DisabledOnOs(OS.WINDOWS)
    void sharesAUnixSocket(@TempDir Path folder) throws IOException {
        ReactorGroup group = ReactorGroup.create(provider(), 4);
        var where = new Address.Unix(folder.resolve("socket").toString());
        SharedPort port = group.share(where, UnixListenOptions.DEFAULT.withLock(), sharing());
        assertEquals(where, port.host());
        var arrived = new CountDownLatch(40);
        AtomicIntegerArray counts = listen(group, port, arrived::countDown);
        var clients = new ArrayList<SocketChannel>();
        group.first().callInThread(() -> {
            for (int i = 0; i < 40; i++) {
                clients.add(SocketChannel.open(UnixDomainSocketAddress.of(where.host())));
            }
            arrived.await();
            group.stop();
        });
        group.run(false);
        for (SocketChannel client : clients) {
            client.close();
        }

        assertEquals("[10, 10, 10, 10]", counts.toString());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisplayName("a UNIX socket is not shared by SO_REUSEPORT, and has no abstract name here (UNX-5)")
    void saysHowAUnixSocketCannotBeShared() {
        ReactorGroup group = ReactorGroup.create(provider(), 2);
        SharingOptions reusing = sharing().sharing(Sharing.REUSE_PORT);
        assertThatThrownBy(() -> group.share(new Address.Unix("/run/x"), UnixListenOptions.DEFAULT, reusing))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("unix:/run/x")
                .hasMessageContaining("hand-off");
        assertThatThrownBy(() -> group.share(new Address.Unix("\0x"), UnixListenOptions.DEFAULT, sharing()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("bowline.linux");
    }

    @Test
    @DisplayName("TST-9: a port without a socket is among what is open, too")
    void portsWithoutASocketAreOpen() {
        ReactorGroup group = ReactorGroup.create(provider(), 2);
        SharedPort port = group.share(0, LOOPBACK, sharing());
        var parts = new ArrayList<ListeningPort>();
        group.reactors().forEach(reactor -> parts.add(port.listen(reactor, Factory.of(Protocol::new))));
        for (int i = 0; i < 2; i++) {
            assertEquals(List.of(parts.get(i)), group.reactors().get(i).openChannels());
            parts.get(i).stopListening();
            assertEquals(List.of(), group.reactors().get(i).openChannels());
        }
    }

    @Test
    void waitingMaxIsAtLeastOne() {
        assertThrows(IllegalArgumentException.class, () -> SharingOptions.DEFAULT.waitingMax(0));
    }
}
