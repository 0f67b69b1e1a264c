package bowline.examples;

import bowline.endpoint.ClientEndpoint;
import bowline.forward.PortForward;
import bowline.log.Log;
import bowline.policy.Rate;
import bowline.policy.ShapingFactory;
import bowline.policy.ShapingOptions;
import bowline.reactor.Reactor;

/// Passes connections on to another place, each at no more than so many bytes a second: a factory that stands in front
/// of another, and holds its connections to the tokens of a bucket.
///
///     ./bowline example forwarder [PORT [TARGET [BYTES]]]
///     curl http://127.0.0.1:8000/
public final class Forwarder {

    private Forwarder() {}

    /// Serves until Ctrl-C.
    public static void main(String... args) {
        String target = args.length > 1 ? args[1] : "tcp:example.com:80";
        Rate rate = Rate.of(Math.max(1, Numbers.count(args, 2, 100_000)));

        Log.startLogging(System.out);
        Reactor reactor = Reactor.create();
        var forward = new PortForward(ClientEndpoint.of(reactor, target));
        reactor.listenTcp(Numbers.port(args, 0, 8000), new ShapingFactory<>(forward, ShapingOptions.each(rate)));
        reactor.run();
    }
}
