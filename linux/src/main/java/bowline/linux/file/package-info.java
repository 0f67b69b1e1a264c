/// Folders watched by inotify(7).
///
/// [Inotify] is all of it: one instance of the system's for each watch of the program, read when the reactor's
/// poller says so.
///
/// May know: file, linux.socket, linux.system. Must not know: backends.
@NullMarked
package bowline.linux.file;

import org.jspecify.annotations.NullMarked;
