package bowline.attack;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.reactor.Reactor;
import bowline.testing.generate.Choices;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// Attacks one service, rule by rule, while a well-behaved client beside must stay served.
///
///     AttackPack.against(endpoint).transcript(Transcript.line("hello", "hello")).run(reactor)
///             .addCallback(report -> { report.assertHolds(); return report; });
///
/// It lives on a reactor of the attacker's: that of a simulated host, or a real one. Attack only what is yours.
/// Immutable.
public final class AttackPack {
    private final ClientEndpoint target;
    private ClientEndpoint beside;
    private Transcript transcript = Transcript.http("localhost", "/");
    private AttackLimits limits = AttackLimits.USUAL;
    private Inside inside = Inside.NOTHING;
    private List<Attack> attacks = Attacks.all();
    private long seed = 1;
    private Consumer<Finding> listener = _ -> {};

    private AttackPack(ClientEndpoint target) {
        this.target = target;
        beside = target;
    }

    private AttackPack(AttackPack other) {
        target = other.target;
        beside = other.beside;
        transcript = other.transcript;
        limits = other.limits;
        inside = other.inside;
        attacks = other.attacks;
        seed = other.seed;
        listener = other.listener;
    }

    /// Against what this endpoint connects to, as a web server unless [#transcript(Transcript)] says otherwise.
    public static AttackPack against(ClientEndpoint target) {
        return new AttackPack(target);
    }

    /// The well-behaved client comes by that endpoint: from another source, so that limits for each source spare
    /// it, as by `bindAddress=127.0.0.2`.
    public AttackPack beside(ClientEndpoint other) {
        var pack = new AttackPack(this);
        pack.beside = other;
        return pack;
    }

    /// How one talks to the service.
    public AttackPack transcript(Transcript other) {
        var pack = new AttackPack(this);
        pack.transcript = other;
        return pack;
    }

    /// How hard.
    public AttackPack limits(AttackLimits other) {
        var pack = new AttackPack(this);
        pack.limits = other;
        return pack;
    }

    /// What may be seen of the service from within.
    public AttackPack inside(Inside view) {
        var pack = new AttackPack(this);
        pack.inside = view;
        return pack;
    }

    /// Only these of the rules that it has so far.
    ///
    /// @throws IllegalArgumentException if it has not got one of them
    public AttackPack rules(Collection<String> wanted) {
        var pack = new AttackPack(this);
        pack.attacks = Attacks.named(wanted, attacks);
        return pack;
    }

    /// As [#rules(Collection)].
    public AttackPack rules(String... wanted) {
        return rules(List.of(wanted));
    }

    /// One more attack.
    public AttackPack and(Attack attack) {
        var pack = new AttackPack(this);
        pack.attacks = new ArrayList<>(attacks);
        pack.attacks.add(attack);
        return pack;
    }

    /// Another seed than 1: other noise, other cuts. The same seed says the same, whatever rules are tried.
    public AttackPack seed(long other) {
        var pack = new AttackPack(this);
        pack.seed = other;
        return pack;
    }

    /// Who is told what each [Attempt] has shown, at once.
    public AttackPack onFinding(Consumer<Finding> told) {
        var pack = new AttackPack(this);
        pack.listener = told;
        return pack;
    }

    /// Attacks, one attack after another, and tells what each showed. Fails with [IllegalStateException] when
    /// the service does not answer a good client before anything was tried.
    public Deferred<AttackReport> run(Reactor reactor) {
        return reactor.async(() -> attack(reactor));
    }

    private AttackReport attack(Reactor reactor) throws Exception {
        String broken = new Target(this, reactor, Choices.ofSeed(seed)).served("");
        if (!broken.isEmpty()) {
            throw new IllegalStateException(
                    "before any attack, " + broken + "; does the service talk like " + transcript + "?");
        }
        var findings = new ArrayList<Finding>();
        for (Attack attack : attacks) {
            var choices = Choices.ofSeed(seed + attack.rule().hashCode());
            findings.addAll(attack.run(new Target(this, reactor, choices)));
        }
        return new AttackReport(seed, findings);
    }

    ClientEndpoint target() {
        return target;
    }

    ClientEndpoint beside() {
        return beside;
    }

    boolean hasOtherSource() {
        return beside != target;
    }

    Transcript transcript() {
        return transcript;
    }

    AttackLimits limits() {
        return limits;
    }

    void told(Finding finding) {
        listener.accept(finding);
    }

    Inside inside() {
        return inside;
    }
}
