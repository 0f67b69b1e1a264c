package bowline.reactor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Reactor;
import bowline.time.DelayedCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a port does when the system does not do what is asked (UDP-4).
class DatagramPortTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private static final Address TO = SocketAddresses.udp(PEER);

    private final Loop loop = (Loop) Reactor.create("nio");
    private final List<String> seen = new ArrayList<>();
    private final Scripted port = new Scripted();
    private @Nullable IOException receiveFault;
    private @Nullable IOException sendFault;
    private boolean full;

    private final class Listener extends DatagramProtocol {
        @Override
        public void connectionRefused() {
            seen.add("refused");
        }
    }

    private final class Scripted extends DatagramPort {
        Scripted() {
            super(DatagramPortTest.this.loop, PEER, new Listener(), DatagramOptions.DEFAULT);
        }

        @Override
        protected InetSocketAddress bind(InetSocketAddress address, DatagramOptions options) {
            return address;
        }

        @Override
        protected @Nullable InetSocketAddress remote() {
            return null;
        }

        @Override
        protected void reading(boolean on) {
            seen.add("reading " + on);
        }

        @Override
        protected boolean readSome() throws IOException {
            IOException fault = receiveFault;
            receiveFault = null;
            if (fault != null) {
                throw fault;
            }
            return false;
        }

        @Override
        protected boolean send(ByteBuffer bytes, SocketAddress to) throws IOException {
            IOException fault = sendFault;
            sendFault = null;
            if (fault != null) {
                throw fault;
            }
            seen.add("send " + bytes.remaining());
            return !full;
        }

        @Override
        protected InetSocketAddress connect(InetSocketAddress to) {
            return PEER;
        }

        @Override
        protected <T> @Nullable T option(SocketOption<T> option) {
            return null;
        }

        @Override
        protected <T> void option(SocketOption<T> option, T value) throws IOException {
            throw new IOException("not here");
        }

        @Override
        protected String networkInterface(String nameOrAddress, InetAddress group) {
            return nameOrAddress;
        }

        @Override
        protected Runnable join(InetAddress group, String on, @Nullable InetAddress source) {
            return () -> {};
        }

        @Override
        protected String outgoing() {
            return "";
        }

        @Override
        protected void outgoing(String nameOrAddress) {}

        @Override
        protected void close() {
            seen.add("close");
        }
    }

    @Test
    @DisplayName("UDP-4: what would have to wait is dropped and counted, and the buffer is taken all the same")
    void dropsWhatWouldWait() {
        port.startListening();
        full = true;
        ByteBuffer bytes = ByteBuffer.allocate(5);
        port.write(bytes, TO);

        assertFalse(bytes.hasRemaining());
        assertEquals(1, port.droppedDatagrams());
        assertEquals(List.of("reading true", "send 5"), seen);
    }

    @Test
    @DisplayName(
            "a fault of the system makes reading rest for a second, and a port that is closed meanwhile forgets it")
    void restsAfterAFault() {
        port.startListening();
        receiveFault = new IOException("no buffer space");
        port.readReady();
        assertEquals(List.of("reading true", "reading false"), seen);

        DelayedCall resume = loop.delayedCalls().iterator().next();
        resume.reset(Duration.ZERO);
        loop.iterate(Duration.ZERO);
        assertEquals("reading true", seen.getLast());

        receiveFault = new IOException("no buffer space");
        port.readReady();
        port.stopListening();
        assertEquals(List.of(), List.copyOf(loop.delayedCalls()));
        assertEquals("close", seen.getLast());
    }

    @Test
    @DisplayName(
            "UDP-4, UDP-9: a refusal is nothing to a port that is not connected; to one that is, it is told later, once a turn")
    void tellsRefusals() {
        port.startListening();
        receiveFault = new PortUnreachableException();
        port.readReady();
        sendFault = new PortUnreachableException();
        port.write("x", TO);
        loop.iterate(Duration.ZERO);
        assertEquals(List.of("reading true", "send 1"), seen);

        port.connect("127.0.0.1", 9);
        sendFault = new PortUnreachableException();
        port.write("x");
        sendFault = new PortUnreachableException();
        port.write("y");
        assertEquals(List.of("reading true", "send 1", "send 1", "send 1"), seen);
        loop.iterate(Duration.ZERO);
        assertEquals(List.of("reading true", "send 1", "send 1", "send 1", "refused"), seen);
        assertEquals(0, port.droppedDatagrams());
    }
}
