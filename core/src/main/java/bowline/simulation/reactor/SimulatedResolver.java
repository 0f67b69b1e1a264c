package bowline.simulation.reactor;

import bowline.defer.Deferred;
import bowline.protocol.DnsLookupError;
import bowline.reactor.Reactor;
import bowline.reactor.Resolver;
import bowline.simulation.fate.Draws;
import bowline.simulation.fate.FaultKind;
import bowline.simulation.net.Agenda;
import bowline.simulation.net.Network;
import bowline.simulation.net.Node;
import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.text.Normalizer;
import java.util.List;

/// Knows the names of the simulated hosts, and takes its time. What is no name it treats as a system does.
final class SimulatedResolver implements Resolver {
    private static final long LEAST_NANOS = 100_000;
    private static final long MOST_NANOS = 50_000_000;

    private static final List<InetAddress> LOOPBACK =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

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
        if (name.isEmpty()) {
            return Deferred.succeed(List.of(InetAddress.ofLiteral("0.0.0.0")));
        }
        try {
            return Deferred.succeed(List.of(InetAddress.ofLiteral(name)));
        } catch (IllegalArgumentException aName) {
            return Deferred.maybeDeferred(() -> lookUp(ascii(name)));
        }
    }

    private static String ascii(String name) {
        try {
            return IDN.toASCII(Normalizer.normalize(name, Normalizer.Form.NFC));
        } catch (IllegalArgumentException impossible) {
            throw new IllegalArgumentException("\"" + name + "\" cannot be a host name", impossible);
        }
    }

    private List<InetAddress> addressesOf(String name) throws DnsLookupError {
        try {
            return name.equalsIgnoreCase("localhost") ? LOOPBACK : network.addressesOf(name);
        } catch (IOException failed) {
            throw new DnsLookupError("no answer for \"" + name + "\": " + failed.getMessage(), failed);
        }
    }

    private Deferred<List<InetAddress>> lookUp(String name) {
        Agenda.Entry[] answer = new Agenda.Entry[1];
        var found = new Deferred<List<InetAddress>>(_ -> answer[0].cancel());
        answer[0] = network.agenda()
                .after(
                        delay.between(LEAST_NANOS, MOST_NANOS),
                        () -> reactor.callFromThread(() -> {
                            if (!found.called()) {
                                Deferred.maybeDeferred(() -> Deferred.succeed(addressesOf(name)))
                                        .chainDeferred(found);
                            }
                        }));
        return found;
    }
}
