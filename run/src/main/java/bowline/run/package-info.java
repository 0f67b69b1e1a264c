/// The command line: `bowline [options] SERVICE [service options]` (section 36).
///
/// Start at [Bowline], which decides what the words ask for; [Main] is its door. [ServiceRun] runs one service from
/// start to exit code.
///
///     words ─▶ Bowline ─▶ GlobalOptions, CommandLines ─▶ ServiceMaker ─▶ ServiceRun ─▶ exit code
///                │ --help: Help                                             │ LogTarget, PidFile, Inspected
///                └───────▶ CommandRun ─▶ Command, which is no service
///
/// It stays in the foreground (RUN-5): to detach, to change user, folder, root or umask is the service manager's
/// work, which does it better than a program can (systemd: `User=`, `WorkingDirectory=`, `UMask=`).
///
/// Only this room knows the parser of command lines, picocli, and only help and words that are not plainly
/// right wake it ([PlainWords]): a service should answer within half a second of its start.
@NullMarked
package bowline.run;

import org.jspecify.annotations.NullMarked;
