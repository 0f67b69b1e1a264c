/// Programs that we look after: kept running by a monitor, or started for each connection by a super-server
/// (RUN-6, RUN-7).
///
/// Start at [ProcessMonitor] or [SuperServer]. Both start children by a [Spawner], end them by a [Termination] and
/// bring what they say to the log by [LineLog].
///
///     ProcessMonitor ── MonitoredProgram ──┐
///                                          ├── Spawner ──▶ child ── exit ──▶ again, after a while
///     SuperServer ── ProgramConnection ────┤
///             ├───── HandingService ───────┘        a program that is given the port itself
///             └───── SmallService: echo, discard, chargen, daytime, time, without a child
///
/// May know: services, processes, policies. Must not know: the command line, files with tables in them.
@NullMarked
package bowline.supervise;

import org.jspecify.annotations.NullMarked;
