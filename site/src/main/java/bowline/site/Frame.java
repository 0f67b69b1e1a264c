package bowline.site;

import static bowline.site.CodeColours.escape;

import java.util.List;
import java.util.stream.Collectors;

/// What stands around the content of every page: the title, the list of all pages, the ways to the next and the one
/// before.
final class Frame {
    private static final String SITE = "Bowline";

    /// No script, no font and no picture from elsewhere: what a page needs is beside it.
    private static final String TEMPLATE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            <link rel="stylesheet" href="{top}style.css">
            <link rel="icon" href="{top}knot.svg" type="image/svg+xml">
            </head>
            <body>
            <a class="skip" href="#content">To the text</a>
            <header><a href="{top}index.html"><img src="{top}knot.svg" alt="" width="28" height="28"> {site}</a></header>
            <details class="menu"><summary>Contents</summary>
            {list}
            </details>
            <div class="columns">
            <nav class="side" aria-label="Contents">
            {list}
            </nav>
            <main id="content">
            {content}
            <nav class="next" aria-label="Next and previous">{next}</nav>
            </main>
            </div>
            </body>
            </html>
            """;

    private final List<Page> pages;

    /// A frame that lists `pages` in this order.
    Frame(List<Page> pages) {
        this.pages = pages;
    }

    /// The whole page.
    String around(Page page, String content) {
        String title = page.title().equals(SITE) ? SITE : page.title() + " · " + SITE;
        return TEMPLATE.replace("{title}", escape(title))
                .replace("{top}", page.toTop())
                .replace("{site}", SITE)
                .replace("{list}", list(page))
                .replace("{next}", neighbours(page))
                .replace("{content}", content);
    }

    private String list(Page here) {
        return pages.stream()
                .map(page -> "<li>" + link(here, page, page.equals(here) ? " aria-current=\"page\"" : "", page.title()))
                .collect(Collectors.joining("</li>\n", "<ul>\n", "</li>\n</ul>"));
    }

    private String neighbours(Page page) {
        int here = pages.indexOf(page);
        String before = here > 0
                ? link(
                        page,
                        pages.get(here - 1),
                        " rel=\"prev\"",
                        "← " + pages.get(here - 1).title())
                : "";
        String after = here < pages.size() - 1
                ? link(
                        page,
                        pages.get(here + 1),
                        " rel=\"next\"",
                        pages.get(here + 1).title() + " →")
                : "";
        return before + "\n" + after;
    }

    private static String link(Page from, Page to, String attributes, String text) {
        return "<a href=\"%s\"%s>%s</a>".formatted(from.toTop() + to.target(), attributes, escape(text));
    }
}
