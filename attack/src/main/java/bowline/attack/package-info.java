/// What hostile peers do, rule by rule, against a service of one's own: simulated or real.
///
/// Start at [AttackPack]: it is given an endpoint and a [Transcript], runs each [Attack] against them, and tells in an
/// [AttackReport] which rule held and which did not. Each attempt has a well-behaved client beside, who must stay
/// served. What does not show from outside is seen through [Inside].
///
///     AttackPack ── Target ──▶ Attack ── Attempt ──▶ Peer ~~~▶ the service
///         │                                  └─────▶ GoodClient ~~~▶ the service
///         └◀── Finding, Finding … = AttackReport
///
/// [Attacks] has those on the rules G1 to G12. For attempts that need chance the seed decides.
///
/// May know: endpoints, reactors, protocols, generators. Must not know: any particular service.
@NullMarked
package bowline.attack;

import org.jspecify.annotations.NullMarked;
