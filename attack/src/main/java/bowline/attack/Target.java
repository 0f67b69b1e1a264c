package bowline.attack;

import bowline.endpoint.ClientEndpoint;
import bowline.reactor.Reactor;
import bowline.testing.generate.Choices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What an [Attack] is pointed at, and its tools. For the attacker's reactor and code that waits.
public final class Target {
    private final AttackPack pack;
    private final Reactor reactor;
    private final Choices choices;
    private final List<Peer> peers = new ArrayList<>();

    Target(AttackPack pack, Reactor reactor, Choices choices) {
        this.pack = pack;
        this.reactor = reactor;
        this.choices = choices;
    }

    /// The attacker's reactor.
    public Reactor reactor() {
        return reactor;
    }

    /// How one talks to the service.
    public Transcript transcript() {
        return pack.transcript();
    }

    /// How hard it is attacked.
    public AttackLimits limits() {
        return pack.limits();
    }

    /// How long one waits for a good answer.
    public Duration patience() {
        return limits().patience();
    }

    /// What may be seen of the service.
    public Inside inside() {
        return pack.inside();
    }

    /// What the seed decides for this rule: for [bowline.testing.generate.Generator]s and for plain numbers.
    public Choices choices() {
        return choices;
    }

    /// Whether the well-behaved client comes from another source than the attacker.
    public boolean hasOtherSource() {
        return pack.hasOtherSource();
    }

    /// A new connection of the attacker's; it is ended with the attempt.
    ///
    /// @throws bowline.protocol.ConnectError if it is refused
    public Peer connect() throws Exception {
        Peer peer = connect(pack.target());
        peers.add(peer);
        return peer;
    }

    Peer beside() throws Exception {
        return connect(pack.beside());
    }

    private static Peer connect(ClientEndpoint endpoint) throws Exception {
        return endpoint.connectProtocol(new Peer()).await();
    }

    /// The attacker's connections of this attempt, oldest first.
    public List<Peer> peers() {
        return List.copyOf(peers);
    }

    /// Ends all connections of the attacker.
    public void endPeers() {
        peers.forEach(Peer::end);
        peers.clear();
    }

    /// What is wrong with how a good client is served, who has the patience to try again; nothing if it is served.
    public String served(String when) throws Exception {
        return new GoodClient(this).askUntilServed(when);
    }

    Finding told(Finding finding) {
        pack.told(finding);
        return finding;
    }

    /// Something to try.
    public Attempt attempt(Attack attack, String title) {
        return new Attempt(this, attack.rule(), title);
    }
}
