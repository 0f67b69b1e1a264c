package bowline.testing;

import bowline.protocol.CannotListenError;
import bowline.protocol.Connector;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a [MemoryReactor] was asked to open, and whether it may (TST-3, TST-4).
final class MemoryNetwork {
    /// The first of the ports that are given out for port 0, as by most systems.
    private static final int FIRST_FREE_PORT = 49_152;

    private final List<MemoryPort> ports = new ArrayList<>();
    private final List<MemoryDatagramTransport> udpPorts = new ArrayList<>();
    private final List<MemoryConnector> connectors = new ArrayList<>();
    private @Nullable RuntimeException listenFailure;
    private @Nullable RuntimeException connectFailure;
    private int nextFreePort = FIRST_FREE_PORT;

    void failListening(RuntimeException failure) {
        listenFailure = failure;
    }

    void failConnecting(RuntimeException failure) {
        connectFailure = failure;
    }

    /// The port itself, or a free one for port 0.
    int port(int wanted) {
        return wanted == 0 ? nextFreePort++ : wanted;
    }

    <P extends MemoryPort> P listen(P port) {
        failIf(listenFailure);
        port.startListening();
        ports.add(port);
        return port;
    }

    MemoryDatagramTransport listen(MemoryDatagramTransport port) {
        failIf(listenFailure);
        checkFree(port);
        port.startListening();
        udpPorts.add(port);
        return port;
    }

    <C extends MemoryConnector> C connect(C connector) {
        failIf(connectFailure);
        connectors.add(connector);
        connector.connect();
        return connector;
    }

    private static void failIf(@Nullable RuntimeException failure) {
        if (failure != null) {
            throw failure;
        }
    }

    void checkFree(MemoryPort wanted) {
        for (MemoryPort port : ports) {
            if (port.listening() && port.host().equals(wanted.host())) {
                throw taken(
                        wanted instanceof MemoryTcpPort
                                ? "tcp:" + wanted.host()
                                : wanted.host().toString());
            }
        }
    }

    private void checkFree(MemoryDatagramTransport wanted) {
        for (MemoryDatagramTransport port : udpPorts) {
            boolean shared = port.options().listenMultiple() && wanted.options().listenMultiple();
            if (port.listening() && !shared && port.host().equals(wanted.host())) {
                throw taken("udp:" + wanted.host());
            }
        }
    }

    private static CannotListenError taken(String place) {
        return new CannotListenError(
                place,
                "another program of this test listens there; stop it or choose another",
                new BindException("Address already in use"));
    }

    <P extends MemoryPort> List<P> ports(Class<P> kind) {
        return those(kind, ports);
    }

    List<MemoryDatagramTransport> udpPorts() {
        return List.copyOf(udpPorts);
    }

    <C extends MemoryConnector> List<C> connectors(Class<C> kind) {
        return those(kind, connectors);
    }

    private static <T> List<T> those(Class<T> kind, List<? super T> all) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// What is open now.
    List<Object> open() {
        var open = new ArrayList<Object>();
        ports.stream().filter(MemoryPort::listening).forEach(open::add);
        udpPorts.stream().filter(MemoryDatagramTransport::listening).forEach(open::add);
        connectors.stream()
                .filter(connector -> connector.state() != Connector.State.DISCONNECTED)
                .forEach(open::add);
        return open;
    }
}
