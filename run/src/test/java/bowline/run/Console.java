package bowline.run;

import bowline.log.LogObserver;
import bowline.reactor.inspect.InspectFolder;
import bowline.service.Command;
import bowline.service.ExampleCatalog;
import bowline.service.ServiceMaker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Runs the command line in this JVM and keeps what it prints and where it would log.
final class Console {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final List<ServiceMaker> makers = new ArrayList<>(List.of(new EchoMaker(), new InetdMaker(), new ProcmonMaker()));
    final List<ExampleCatalog> catalogs = new ArrayList<>();
    final List<Command> commands = new ArrayList<>();
    final List<LogObserver> logs = new ArrayList<>();
    Plugins plugins = new Plugins(() -> makers.iterator(), () -> catalogs.iterator(), () -> commands.iterator());
    List<InspectFolder> inspectFolders = List.of();
    Map<String, String> environment = Map.of();
    boolean terminal;
    Consumer<LogObserver> onLog = observer -> {};

    int run(String... words) {
        return new Bowline(new Surroundings(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        () -> terminal,
                        plugins,
                        Surroundings.Reactors.FOUND,
                        observer -> {
                            logs.add(observer);
                            onLog.accept(observer);
                        },
                        inspectFolders,
                        environment,
                        List.of()))
                .run(List.of(words));
    }

    Console withServices(Iterator<ServiceMaker> found) {
        plugins = new Plugins(() -> found, catalogs::iterator, commands::iterator);
        return this;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    void forget() {
        out.reset();
        err.reset();
    }
}
