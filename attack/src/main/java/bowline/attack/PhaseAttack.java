package bowline.attack;

import bowline.attack.Transcript.Early;
import bowline.bytes.Ascii;
import bowline.testing.generate.Generator;
import bowline.testing.generate.Generators;
import java.util.ArrayList;
import java.util.List;

/// G5: words in the wrong phase, wrong words, noise.
final class PhaseAttack implements Attack {
    private static final int NOISES = 20;
    private static final int NOISE_MAX_BYTES = 2_000;
    private static final int FAULTY = 60;
    private static final int FAULTS_MAX = 4;

    @Override
    public String rule() {
        return "G5";
    }

    @Override
    public String title() {
        return "words in the wrong phase, wrong words, noise";
    }

    @Override
    public List<Finding> run(Target target) throws Exception {
        Generator<byte[]> faulty = Generators.mutated(words(target.transcript()), FAULTS_MAX);
        return List.of(
                early(target),
                target.attempt(this, "its own answer sent back to it")
                        .says("what it answers to a good client, by a peer that has asked nothing")
                        .expects("others are served")
                        .by(() -> mirror(target)),
                target.attempt(this, "wrong words")
                        .says(FAULTY + " times what a good client says, with bytes changed, doubled, moved, left out")
                        .expects("others are served")
                        .by(() -> send(target, FAULTY, faulty)),
                target.attempt(this, "noise")
                        .says(NOISES + " times up to " + NOISE_MAX_BYTES + " bytes, any")
                        .expects("others are served")
                        .by(() -> send(target, NOISES, Generators.bytes(NOISE_MAX_BYTES))));
    }

    private static List<byte[]> words(Transcript transcript) {
        var words = new ArrayList<byte[]>();
        words.add(transcript.bytes());
        transcript.early().forEach(early -> words.add(bytes(early.said())));
        return words;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private Finding early(Target target) throws Exception {
        List<Early> early = target.transcript().early();
        Attempt attempt = target.attempt(this, "words before their time");
        return early.isEmpty()
                ? attempt.not("the transcript has nothing that could come too early: give early(…)")
                : attempt.says(early.getFirst().said(), early.size() == 1 ? "" : ", and other words too early")
                        .expects("it is not obeyed")
                        .by(() -> tooEarly(target, early));
    }

    private static String tooEarly(Target target, List<Early> early) throws Exception {
        for (Early words : early) {
            Peer peer = target.connect();
            peer.say(words.said());
            if (peer.comesToBe(
                    () -> words.obeyed().test(peer.heard()), target.patience().dividedBy(5))) {
                return "obeyed " + Ascii.quote(words.said(), 80) + ": " + Ascii.quote(peer.heard(), 160);
            }
        }
        return "";
    }

    private static String mirror(Target target) throws Exception {
        Peer asking = target.connect();
        asking.say(target.transcript().bytes());
        asking.comesToBe(() -> target.transcript().isGood(asking.heard()), target.patience());
        Peer mirror = target.connect();
        mirror.say(asking.heard());
        mirror.comesToBe(mirror::lost, target.patience().dividedBy(5));
        return "";
    }

    private static String send(Target target, int times, Generator<byte[]> bytes) throws Exception {
        for (int i = 0; i < times; i++) {
            Peer peer = target.connect();
            peer.say(bytes.from(target.choices()));
            peer.comesToBe(
                    () -> peer.lost() || !peer.heard().isEmpty(),
                    target.patience().dividedBy(50));
            peer.end();
        }
        return "";
    }
}
