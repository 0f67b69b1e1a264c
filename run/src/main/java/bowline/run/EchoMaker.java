package bowline.run;

import bowline.protocol.Drainable;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.service.Service;
import bowline.service.ServiceArguments;
import bowline.service.ServiceMaker;
import bowline.service.ServiceOption;
import java.nio.ByteBuffer;
import java.util.List;

/// `bowline echo`: the smallest service there is (RFC 862).
public final class EchoMaker implements ServiceMaker {

    /// For `ServiceLoader`.
    public EchoMaker() {}

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String summary() {
        return "Send back whatever comes in (RFC 862)";
    }

    @Override
    public List<ServiceOption> options() {
        return List.of(ServiceOption.value("listen", "ENDPOINT", "Where to accept connections, as in tcp:7777")
                .defaultsTo("tcp:7777:interface=127.0.0.1")
                .repeats());
    }

    @Override
    public List<String> examples() {
        return List.of(
                "bowline echo                         # on port 7777 of this machine only",
                "bowline echo --listen tcp:7777       # on all its IPv4 addresses",
                "bowline echo --listen tcp6:7777      # on all its addresses");
    }

    @Override
    public Service makeService(ServiceArguments arguments, Reactor reactor) {
        return arguments.servers("listen", reactor, Factory.of(Echo::new));
    }

    @Override
    public List<Service> makeServices(ServiceArguments arguments, ReactorGroup group) {
        return List.copyOf(arguments.servers("listen", group, _ -> Factory.of(Echo::new)));
    }

    private static final class Echo extends Protocol implements Drainable {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }

        @Override
        public void drain() {
            transport().loseConnection();
        }
    }
}
