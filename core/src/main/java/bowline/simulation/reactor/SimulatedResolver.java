package bowline.simulation.reactor;

import bowline.defer.Deferred;
import bowline.reactor.Reactor;
import bowline.reactor.Resolver;
import bowline.simulation.fate.Draws;
import bowline.simulation.fate.FaultKind;
import bowline.simulation.net.Agenda;
import bowline.simulation.net.Network;
import bowline.simulation.net.Node;
import java.net.InetAddress;
import java.util.List;

/// Knows the names of the simulated hosts, and takes its time.
final class SimulatedResolver implements Resolver {
    private static final long LEAST_NANOS = 100_000;
    private static final long MOST_NANOS = 50_000_000;

    private final Network network;
    private final Reactor reactor;
    private final Draws delay;

    SimulatedResolver(Network network, Node node, Reactor reactor) {
        this.network = network;
        this.reactor = reactor;
        delay = network.fate().draws(FaultKind.DELAY, "names@" + node.name());
    }

    @Override
    public Deferred<List<InetAddress>> resolve(String name) {
        Agenda.Entry[] answer = new Agenda.Entry[1];
        var found = new Deferred<List<InetAddress>>(_ -> answer[0].cancel());
        answer[0] = network.agenda()
                .after(
                        delay.between(LEAST_NANOS, MOST_NANOS),
                        () -> reactor.callFromThread(() -> {
                            if (!found.called()) {
                                found.callback(network.addressesOf(name));
                            }
                        }));
        return found;
    }
}
