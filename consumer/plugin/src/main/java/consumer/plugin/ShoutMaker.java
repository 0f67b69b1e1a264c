package consumer.plugin;

import bowline.protocol.Factory;
import bowline.protocol.LineReceiver;
import bowline.reactor.Reactor;
import bowline.service.Service;
import bowline.service.ServiceArguments;
import bowline.service.ServiceMaker;
import bowline.service.ServiceOption;
import java.util.List;
import java.util.Locale;

/// `bowline --plugin-path shout.jar shout`: every line comes back louder.
public final class ShoutMaker implements ServiceMaker {

    /// For `ServiceLoader`.
    public ShoutMaker() {}

    @Override
    public String name() {
        return "shout";
    }

    @Override
    public String summary() {
        return "Send every line back in capital letters";
    }

    @Override
    public List<ServiceOption> options() {
        return List.of(ServiceOption.value("listen", "ENDPOINT", "Where to accept connections")
                .defaultsTo("tcp:7778:interface=127.0.0.1")
                .repeats());
    }

    @Override
    public Service makeService(ServiceArguments arguments, Reactor reactor) {
        return arguments.servers("listen", reactor, Factory.of(Shout::new));
    }

    private static final class Shout extends LineReceiver {
        @Override
        public void lineReceived(String line) {
            sendLine(line.toUpperCase(Locale.ROOT));
        }
    }
}
