package bowline.attack;

import bowline.attack.Finding.Verdict;
import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.reactor.Reactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Attacks one service, rule by rule, while a well-behaved client beside must stay served.
///
///     AttackPack.against(endpoint).transcript(Transcript.line("hello", "hello")).run(reactor)
///             .addCallback(report -> { report.assertHolds(); return report; });
///
/// It lives on a reactor of the attacker's: that of a simulated host, or a real one. Attack only what is yours.
public final class AttackPack {
    private static final int PIECE_BYTES = 1 << 14;
    private static final int STORM = 50;
    private static final int GARBAGE_BYTES = 2_000;

    private final ClientEndpoint target;
    private final ClientEndpoint beside;
    private final Transcript transcript;
    private final AttackLimits limits;

    private AttackPack(ClientEndpoint target, ClientEndpoint beside, Transcript transcript, AttackLimits limits) {
        this.target = target;
        this.beside = beside;
        this.transcript = transcript;
        this.limits = limits;
    }

    /// Against what this endpoint connects to, as a web server unless [#transcript] says otherwise.
    public static AttackPack against(ClientEndpoint target) {
        return new AttackPack(target, target, Transcript.http("localhost", "/"), AttackLimits.USUAL);
    }

    /// The well-behaved client comes by that endpoint: from another source, so that limits for each source spare
    /// it.
    public AttackPack beside(ClientEndpoint other) {
        return new AttackPack(target, other, transcript, limits);
    }

    /// What a good client says.
    public AttackPack transcript(Transcript other) {
        return new AttackPack(target, beside, other, limits);
    }

    /// How hard.
    public AttackPack limits(AttackLimits other) {
        return new AttackPack(target, beside, transcript, other);
    }

    /// Attacks, one attack after another, and tells what each showed. Fails with [IllegalStateException] when
    /// the service does not answer a good client before anything was tried.
    public Deferred<AttackReport> run(Reactor reactor) {
        return reactor.async(this::attack);
    }

    /// One attack; it answers what is wrong, or nothing.
    @FunctionalInterface
    private interface Attack {
        String wrong(List<Peer> peers) throws Exception;
    }

    private AttackReport attack() throws Exception {
        String broken = served();
        if (!broken.isEmpty()) {
            throw new IllegalStateException(
                    "before any attack " + broken + "; is the transcript " + transcript + " right?");
        }
        var findings = new ArrayList<Finding>();
        findings.add(endless("G1", "a unit without an end", this::hugeUnit));
        findings.add(notSeen("G2", "is tried by what a service's own protocol counts"));
        findings.add(notSeen("G3", "is about what the service writes elsewhere"));
        findings.add(notSeen("G4", "needs a protocol that compresses"));
        findings.add(tried("G5", "garbage", this::garbage));
        findings.add(endless("G6", "a unit that trickles", this::trickle));
        findings.add(tried("G6", "a peer that says nothing", this::idle));
        findings.add(tried("G6", "requests without reading an answer", this::neverReads));
        findings.add(tried("G7", "a request a byte at a time", this::byteAtATime));
        findings.add(tried("G8", "resets and early ends", this::storm));
        findings.add(tried("G9", "many connections of one source", this::flood));
        findings.add(notSeen("G10", "shows in the service's log only"));
        findings.add(notSeen("G11", "does not show from outside"));
        findings.add(notSeen("G12", "needs credentials and a quiet wire"));
        return new AttackReport(findings);
    }

    private static Finding notSeen(String rule, String why) {
        return new Finding(rule, "nothing", Verdict.NOT_APPLICABLE, why);
    }

    private Finding endless(String rule, String name, Attack attack) {
        return transcript.endless().isEmpty()
                ? new Finding(rule, name, Verdict.NOT_APPLICABLE, "the transcript has no unit that could be endless")
                : tried(rule, name, attack);
    }

    private Finding tried(String rule, String name, Attack attack) {
        var peers = new ArrayList<Peer>();
        String wrong;
        try {
            wrong = attack.wrong(peers);
            peers.forEach(Peer::end);
            if (wrong.isEmpty()) {
                wrong = served();
            }
        } catch (Exception failed) {
            wrong = "ended with " + failed;
        } finally {
            peers.forEach(Peer::end);
        }
        return wrong.isEmpty()
                ? new Finding(rule, name, Verdict.PASSED, "held, and a good client was served")
                : new Finding(rule, name, Verdict.FAILED, wrong);
    }

    private static Peer connected(ClientEndpoint endpoint, List<Peer> peers) throws Exception {
        Peer peer = endpoint.connectProtocol(new Peer()).await();
        peers.add(peer);
        return peer;
    }

    /// What is wrong with how a good client is served.
    private String served() throws Exception {
        var peers = new ArrayList<Peer>();
        try {
            Peer good = connected(beside, peers);
            good.say(transcript.bytes());
            return good.comesToBe(() -> transcript.good().test(good.heard()), limits.patience())
                    ? ""
                    : "a good client got no good answer within "
                            + limits.patience().toMillis() + " ms";
        } catch (bowline.protocol.ConnectError refused) {
            return "a good client cannot connect: " + refused.getMessage();
        } finally {
            peers.forEach(Peer::end);
        }
    }

    private String hugeUnit(List<Peer> peers) throws Exception {
        Peer peer = connected(target, peers);
        peer.say(start());
        byte[] piece = "a".repeat(PIECE_BYTES).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        for (int said = 0; said < limits.unitMaxBytes() && !peer.lost(); said += piece.length) {
            peer.say(piece);
            if (!peer.comesToBe(peer::sent, limits.patience())) {
                break; // it takes no more
            }
        }
        return peer.comesToBe(peer::lost, limits.patience())
                ? ""
                : "took " + limits.unitMaxBytes() + " bytes of one unit and still waits for its end";
    }

    private byte[] start() {
        return transcript.endless().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private String garbage(List<Peer> peers) throws Exception {
        var random = new Random(1);
        for (int i = 0; i < 10; i++) {
            byte[] noise = new byte[GARBAGE_BYTES];
            random.nextBytes(noise);
            connected(target, peers).say(noise);
        }
        return served();
    }

    private String trickle(List<Peer> peers) throws Exception {
        Peer peer = connected(target, peers);
        peer.say(start());
        for (long second = 0; second < limits.unitTime().toSeconds() && !peer.lost(); second++) {
            peer.say(new byte[] {'a'});
            peer.comesToBe(peer::lost, Duration.ofSeconds(1));
        }
        return peer.lost()
                ? ""
                : "still waits for a unit that has trickled for "
                        + limits.unitTime().toSeconds() + " s";
    }

    private String idle(List<Peer> peers) throws Exception {
        Peer peer = connected(target, peers);
        return peer.comesToBe(peer::lost, limits.idleTime())
                ? ""
                : "keeps a peer that has said nothing for " + limits.idleTime().toSeconds() + " s";
    }

    private String neverReads(List<Peer> peers) throws Exception {
        Peer peer = connected(target, peers);
        peer.transport().pauseProducing();
        byte[] piece = transcript
                .request()
                .repeat(Math.max(1, PIECE_BYTES / transcript.request().length()))
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        for (long said = 0; said < limits.unreadMaxBytes() && !peer.lost(); said += piece.length) {
            peer.say(piece);
            if (!peer.comesToBe(peer::sent, limits.patience())) {
                return served(); // it takes no more, as it should
            }
        }
        return peer.lost()
                ? ""
                : "took " + limits.unreadMaxBytes() + " bytes of requests from a peer that reads no answer";
    }

    private String byteAtATime(List<Peer> peers) throws Exception {
        Peer peer = connected(target, peers);
        for (byte one : transcript.bytes()) {
            peer.say(new byte[] {one});
            peer.comesToBe(() -> false, Duration.ofMillis(20));
        }
        return peer.comesToBe(() -> transcript.good().test(peer.heard()), limits.patience())
                ? ""
                : "gave no good answer to a request that came a byte at a time";
    }

    private String storm(List<Peer> peers) throws Exception {
        byte[] half =
                java.util.Arrays.copyOf(transcript.bytes(), transcript.request().length() / 2);
        for (int i = 0; i < STORM; i++) {
            Peer peer = connected(target, peers);
            peer.say(i % 2 == 0 ? half : transcript.bytes());
            switch (i % 3) {
                case 0 -> peer.end();
                case 1 -> peer.transport().loseConnection();
                default -> peer.transport().loseWriteConnection();
            }
        }
        return served();
    }

    private String flood(List<Peer> peers) throws Exception {
        for (int i = 0; i < limits.connections(); i++) {
            try {
                connected(target, peers);
            } catch (bowline.protocol.ConnectError refused) {
                return "";
            }
        }
        Peer last = peers.getLast();
        last.comesToBe(() -> peers.stream().anyMatch(Peer::lost), limits.patience());
        if (peers.stream().noneMatch(Peer::lost)) {
            return "keeps all of " + limits.connections() + " connections of one source";
        }
        return beside == target ? "" : served();
    }
}
