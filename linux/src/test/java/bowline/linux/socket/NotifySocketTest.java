package bowline.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.linux.system.SocketAddressCodec;
import bowline.linux.system.Sockets;
import bowline.linux.system.SystemCalls;
import bowline.protocol.Address;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorProvider;
import bowline.systemd.NotifySocket;
import bowline.systemd.ServiceManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Datagrams to a service manager, which a socket of the test's own receives.
class NotifySocketTest {
    private final Sockets sockets = new Sockets(new SystemCalls());
    private int receiver = -1;

    @TempDir
    private Path folder;

    @AfterEach
    void closeReceiver() {
        if (receiver >= 0) {
            sockets.close(receiver);
        }
    }

    private static Reactor reactor(String backend) {
        ReactorProvider provider = ReactorProvider.all().stream()
                .filter(each -> each.name().equals(backend))
                .findFirst()
                .orElseThrow();
        assumeTrue(provider.obstacle().isEmpty(), provider.obstacle());
        return provider.create();
    }

    private void receiveAt(Address.Unix address) throws IOException {
        receiver = sockets.open(Sockets.UNIX, Sockets.DATAGRAM);
        sockets.bind(receiver, SocketAddressCodec.unix(address));
    }

    private String received() throws IOException {
        ByteBuffer into = ByteBuffer.allocateDirect(1000);
        return sockets.receive(receiver, into) > 0
                ? StandardCharsets.UTF_8.decode(into.flip()).toString()
                : "nothing";
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void tellsTheManagerAtAPathAndAtAnAbstractName(String backend) throws Exception {
        Reactor reactor = reactor(backend);
        String name = "bowline-notify-" + backend + ProcessHandle.current().pid();
        for (String where : new String[] {folder.resolve("notify").toString(), "@" + name}) {
            receiveAt(new Address.Unix(where.startsWith("@") ? '\0' + name : where));

            Objects.requireNonNull(ServiceManager.of(Map.of("NOTIFY_SOCKET", where), reactor))
                    .ready("über alles");

            assertThat(received()).isEqualTo("READY=1\nSTATUS=über alles");
            assertThat(received()).isEqualTo("nothing");
            sockets.close(receiver);
            receiver = -1;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void saysWhenThereIsNoRoomOrNobody(String backend) throws Exception {
        NotifySocket socket = NotifySocket.of(reactor(backend));
        var address = new Address.Unix(folder.resolve("notify").toString());
        assertThatThrownBy(() -> socket.notify(address, ByteBuffer.wrap(new byte[1])))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ENOENT");
        receiveAt(address);

        int taken = 0;
        while (taken < 100_000 && socket.notify(address, ByteBuffer.wrap(new byte[1]))) {
            taken++;
        }

        assertThat(taken).as("what the socket has room for").isBetween(1, 99_999);
        assertThat(received()).hasSize(1);
        assertThat(socket.notify(address, ByteBuffer.wrap(new byte[1]))).isTrue();
    }
}
