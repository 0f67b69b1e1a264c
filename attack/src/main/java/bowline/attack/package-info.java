/// What hostile peers do, rule by rule, against a service of one's own: simulated or real.
///
/// Start at [AttackPack]: it is given an endpoint and a [Transcript], attacks over [Peer]s from a reactor of the
/// attacker's, and tells in an [AttackReport] which rule held and which did not.
///
/// May know: endpoints, reactors, protocols. Must not know: any particular service.
@NullMarked
package bowline.attack;

import org.jspecify.annotations.NullMarked;
