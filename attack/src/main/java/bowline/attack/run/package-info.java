/// `bowline attack`: the pack on the command line.
///
/// Start at [AttackCommand]; [Dialogue] reads how one talks to the target, [Permission] refuses what is not this
/// machine.
///
/// May know: bowline.attack, endpoints, services. Must not know: the parser of command lines.
@NullMarked
package bowline.attack.run;

import org.jspecify.annotations.NullMarked;
