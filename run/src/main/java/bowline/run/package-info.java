/// The command line: `bowline [options] SERVICE [service options]` (section 36).
///
/// Start at [Bowline], which decides what the words ask for; [Main] is its door. [ServiceRun] runs one service from
/// start to exit code.
///
///     words ─▶ Bowline ─▶ GlobalOptions, ServiceCommand ─▶ ServiceMaker ─▶ ServiceRun ─▶ exit code
///                │ --help: Help                                             │ LogTarget, PidFile, SecondSignal
///
/// Only this room knows the parser of command lines, picocli; nothing is built of it that the words do not need, for a
/// service should answer within half a second of its start.
@NullMarked
package bowline.run;

import org.jspecify.annotations.NullMarked;
