/// Services: things that start and stop, in groups, and are found by the runner (sections 34 to 36).
///
/// Start at [Service]; [ServiceGroup] holds several, [Application] is the root of a program.
/// [ServerService] listens while it runs and drains when it stops, [ClientService] keeps a connection up,
/// [TimerService] calls again and again; a [ServiceMaker] is what `bowline NAME` finds, or a
/// [Command].
///
/// May know: everything below. Must not know: the command line's parser, protocols' families.
@NullMarked
package bowline.service;

import org.jspecify.annotations.NullMarked;
