/// Files of a directory, served as they are.
///
/// Start at [StaticFiles]. What a path means is decided in one place, [FileLocator], and nowhere else (G14).
///
///     path ── FileLocator ──▶ file ── Preconditions, ByteRanges ──▶ 200, 206, 304, 412, 416
///                        └──▶ directory ──▶ index.html, DirectoryListing, redirect
///
/// May know: web.message, web.server, files. Must not know: sockets, how bytes travel.
@NullMarked
package bowline.web.file;

import org.jspecify.annotations.NullMarked;
