package bowline.reactor.contract;

import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.ConnectionClosed;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Connector;
import bowline.protocol.Factory;
import bowline.reactor.ConnectOptions;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.UnixConnectOptions;
import bowline.reactor.UnixListenOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/// What the connections of a contract run over; the tests are the same.
public sealed interface Wire {

    ListeningPort listen(Reactor reactor, Factory<?> factory, ListenOptions options);

    Connector connect(Reactor reactor, ListeningPort port, ClientFactory<?> factory, Duration timeout);

    /// Where a client goes.
    Address destination(ListeningPort port);

    /// The address for a client that knows no reactor.
    SocketAddress socketAddress(ListeningPort port);

    /// What the peer of a connection sees that we abort, having read all.
    Class<? extends ConnectionClosed> aborted();

    /// Ends a foreign client's socket as rudely as can be.
    void reset(SocketChannel socket) throws IOException;

    /// What a client is called in the log.
    String clientName();

    /// What a port is called in the log.
    Object name(ListeningPort port);

    /// The kind of port in the log.
    String kind();

    /// TCP on 127.0.0.1.
    record Tcp() implements Wire {
        @Override
        public ListeningPort listen(Reactor reactor, Factory<?> factory, ListenOptions options) {
            return reactor.listenTcp(0, factory, options);
        }

        @Override
        public Connector connect(Reactor reactor, ListeningPort port, ClientFactory<?> factory, Duration timeout) {
            return reactor.connectTcp("127.0.0.1", port.port(), factory, ConnectOptions.DEFAULT.timeout(timeout));
        }

        @Override
        public Address destination(ListeningPort port) {
            return new Address.Hostname("127.0.0.1", port.port());
        }

        @Override
        public SocketAddress socketAddress(ListeningPort port) {
            return new InetSocketAddress("127.0.0.1", port.port());
        }

        @Override
        public Class<? extends ConnectionClosed> aborted() {
            return ConnectionLost.class;
        }

        @Override
        public void reset(SocketChannel socket) throws IOException {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            socket.close();
        }

        @Override
        public String clientName() {
            return "127.0.0.1";
        }

        @Override
        public Object name(ListeningPort port) {
            return port.port();
        }

        @Override
        public String kind() {
            return "TCP";
        }
    }

    /// UNIX sockets, each in a directory of its own.
    record Unix() implements Wire {
        @Override
        public ListeningPort listen(Reactor reactor, Factory<?> factory, ListenOptions options) {
            var ours = UnixListenOptions.DEFAULT.backlog(options.backlog()).limits(options.limits());
            return reactor.listenUnix(path(), factory, ours);
        }

        private static Path path() {
            try {
                Path folder = Files.createTempDirectory("bowline");
                folder.toFile().deleteOnExit();
                return folder.resolve("socket");
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        @Override
        public Connector connect(Reactor reactor, ListeningPort port, ClientFactory<?> factory, Duration timeout) {
            return reactor.connectUnix(
                    (Address.Unix) port.host(), factory, UnixConnectOptions.DEFAULT.timeout(timeout));
        }

        @Override
        public Address destination(ListeningPort port) {
            return port.host();
        }

        @Override
        public SocketAddress socketAddress(ListeningPort port) {
            return UnixDomainSocketAddress.of(port.host().host());
        }

        /// There is no reset.
        @Override
        public Class<? extends ConnectionClosed> aborted() {
            return ConnectionDone.class;
        }

        /// What it has not read makes this a broken connection.
        @Override
        public void reset(SocketChannel socket) throws IOException {
            socket.close();
        }

        @Override
        public String clientName() {
            return "";
        }

        @Override
        public Object name(ListeningPort port) {
            return Objects.requireNonNull(((Address.Unix) port.host()).path());
        }

        @Override
        public String kind() {
            return "UNIX";
        }
    }
}
