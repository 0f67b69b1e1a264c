/// Makes a static site of the folder `docs/`: one HTML page for each page of Markdown, readable without a script.
///
/// Start at [SiteBuilder]. A [Page] is one file of Markdown, read; [PageRenderer] turns it into HTML, with the help of
/// [CodeColours] for blocks of code; [Frame] puts navigation around it.
///
///     docs/**.md ─▶ Page ─▶ PageRenderer ─▶ Frame ─▶ target/site/**.html
///     docs/**.png ────────────────────────────────▶ target/site/**.png
@NullMarked
package bowline.site;

import org.jspecify.annotations.NullMarked;
