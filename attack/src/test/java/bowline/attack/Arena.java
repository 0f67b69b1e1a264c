package bowline.attack;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.failure.Failure;
import bowline.protocol.Factory;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.simulation.Simulation;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;

/// A simulated server and an attacker with two addresses, the second of them for a well-behaved client.
final class Arena {
    private static final Duration LONG = Duration.ofHours(3);

    private Arena() {}

    /// Makes a service.
    @FunctionalInterface
    interface Service {
        Factory<?> on(Reactor reactor) throws Exception;
    }

    static AttackReport attack(long seed, Service service, UnaryOperator<AttackPack> how) {
        return attack(seed, service, how, OurService.LISTENING);
    }

    static AttackReport attack(long seed, Service service, UnaryOperator<AttackPack> how, ListenOptions listening) {
        try (var world = Simulation.of(seed)) {
            var server = world.host("server").descriptorsMax(5_000);
            var attacker = world.host("attacker", InetAddress.ofLiteral("10.7.0.1"), InetAddress.ofLiteral("10.7.0.2"))
                    .descriptorsMax(5_000);
            server.start(reactor -> reactor.listenTcp(80, service.on(reactor), listening));
            var inside = Inside.of(server.reactor()).log(LogTail::ofThisProcess);
            Deferred<AttackReport> report =
                    attacker.start(reactor -> how.apply(AttackPack.against(endpoint(reactor, "10.7.0.1"))
                                    .beside(endpoint(reactor, "10.7.0.2"))
                                    .inside(inside)
                                    .seed(seed))
                            .run(reactor));
            world.runUntil(report, LONG);
            if (report.result() instanceof Failure failure) {
                report.addErrback(_ -> null); // it is thrown
                throw new AssertionError(failure.traceback(Failure.Detail.DEFAULT));
            }
            return (AttackReport) report.result();
        }
    }

    private static ClientEndpoint endpoint(Reactor reactor, String source) {
        return ClientEndpoint.of(reactor, "tcp:server:80:bindAddress=" + source);
    }
}
