package bowline.handover;

import bowline.reactor.InheritedPorts;
import bowline.reactor.OpenPort;
import bowline.reactor.PortHandover;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The process that started this one as its successor, and what it handed over.
///
///     Predecessor before = Predecessor.ofProcess();        // null for most
///     if (before != null) before.handTo(reactors);         // before they listen
///     …                                                    // start the services
///     if (before != null) before.ready(reactors.getFirst());
///
/// It is told in one variable, `BOWLINE_HANDOVER`: its process number, the descriptor to answer by, and each port's
/// name and descriptor. Children do not get that ([bowline.process.Spawn#ownEnvironment]); one that has it all the
/// same finds that its parent is another process, and takes nothing.
public final class Predecessor {
    /// Says it to the successor.
    static final String VARIABLE = "BOWLINE_HANDOVER";

    /// What the successor answers when it serves.
    static final String READY = "ready\n";

    private final long pid;
    private final int answer;
    private final InheritedPorts ports;

    private Predecessor(long pid, int answer, List<OpenPort> ports) {
        this.pid = pid;
        this.answer = answer;
        this.ports = new InheritedPorts(ports);
    }

    /// That of this process; null if it was started otherwise.
    public static @Nullable Predecessor ofProcess() {
        return of(System.getenv());
    }

    /// As [#ofProcess], with other variables.
    public static @Nullable Predecessor of(Map<String, String> environment) {
        return of(
                environment,
                ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L));
    }

    static @Nullable Predecessor of(Map<String, String> environment, long parent) {
        String[] words = environment.getOrDefault(VARIABLE, "").split(" ", -1);
        if (words.length < 2 || !words[0].equals(String.valueOf(parent))) {
            return null;
        }
        List<OpenPort> ports = new ArrayList<>();
        for (String word : List.of(words).subList(2, words.length)) {
            int at = word.indexOf('=');
            String name = URLDecoder.decode(word.substring(0, at), StandardCharsets.UTF_8);
            ports.add(new OpenPort(name, Integer.parseInt(word.substring(at + 1))));
        }
        return new Predecessor(parent, Integer.parseInt(words[1]), ports);
    }

    /// The variable, as [#of] reads it.
    static String variable(long pid, int answer, List<OpenPort> ports) {
        var text = new StringBuilder(pid + " " + answer);
        for (OpenPort port : ports) {
            text.append(' ')
                    .append(URLEncoder.encode(port.name(), StandardCharsets.UTF_8))
                    .append('=')
                    .append(port.descriptor());
        }
        return text.toString();
    }

    /// Its process number.
    public long pid() {
        return pid;
    }

    /// Gives its ports to these reactors, before they listen: each port goes to the first that is to listen there.
    ///
    /// @throws UnsupportedOperationException if a reactor cannot be given any
    public void handTo(List<Reactor> reactors) {
        reactors.forEach(reactor -> PortHandover.of(reactor).inherit(ports));
    }

    /// Tells it that we serve now, so that it ends; and closes the ports that nobody here wanted.
    ///
    /// @param reactor on whose thread this is
    /// @return what those were called
    public List<String> ready(Reactor reactor) throws IOException {
        PortHandover handover = PortHandover.of(reactor);
        List<OpenPort> unwanted = ports.takeRest();
        unwanted.forEach(port -> handover.release(port.descriptor()));
        try {
            handover.answer(answer, StandardCharsets.US_ASCII.encode(READY));
        } finally {
            handover.release(answer);
        }
        return unwanted.stream().map(OpenPort::name).toList();
    }

    @Override
    public String toString() {
        return "predecessor " + pid;
    }
}
