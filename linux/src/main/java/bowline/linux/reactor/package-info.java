/// A reactor on Linux with everything but the waiting.
///
/// Start at [LinuxReactor], which the backends extend.
///
///     EpollReactor ─┐
///                   ├─▶ LinuxReactor ──▶ DescriptorReactor ──▶ Loop
///     UringReactor ─┘        └─ ChildProcesses, StandardDescriptors, OwnDevices, Inotify
///
/// May know: reactor, process, device, file, and of linux all but the backends. Must not know: these, endpoints,
/// services.
@NullMarked
package bowline.linux.reactor;

import org.jspecify.annotations.NullMarked;
