package bowline.attack;

import java.util.List;

/// One rule of a pack: what a hostile peer does, and what a service must make of it. [Attacks] has ours.
///
/// Ones of your own are added by [AttackPack#and]:
///
///     record Shouting() implements Attack {
///         public String rule() { return "MY-1"; }
///         public String title() { return "shouting"; }
///         public List<Finding> run(Target target) throws Exception {
///             return List.of(target.attempt(this, "upper case").says("HELP").expects("an answer").by(() -> {
///                 Peer peer = target.connect();
///                 peer.say("HELP\r\n");
///                 return peer.comesToBe(() -> !peer.heard().isEmpty(), target.patience()) ? "" : "says nothing";
///             }));
///         }
///     }
public interface Attack {

    /// The rule's id, as in `G6`; what reports and [AttackPack#rules] name it by.
    String rule();

    /// What it is about, in a few words.
    String title();

    /// Attacks, and tells what each attempt showed. It runs as a coroutine on the attacker's reactor and may wait.
    List<Finding> run(Target target) throws Exception;
}
