package bowline.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/// One page of Markdown.
///
/// @param source its path in `docs/`, as in `guide/01-first-server.md`
/// @param title the text of its first heading
/// @param content what is in it
record Page(Path source, String title, Node content) {

    /// What our Markdown has beyond the standard: tables, and headings that can be linked to.
    static final List<Extension> EXTENSIONS = List.of(TablesExtension.create(), HeadingAnchorExtension.create());

    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final String MARKDOWN = ".md";
    private static final String INDEX = "README.md";

    /// Reads `source`, a path in `docs`.
    ///
    /// @throws IllegalArgumentException if it does not begin with a heading
    static Page read(Path docs, Path source) throws IOException {
        Node content = PARSER.parse(Files.readString(docs.resolve(source)));
        if (!(content.getFirstChild() instanceof Heading heading) || heading.getLevel() != 1) {
            throw new IllegalArgumentException(
                    source + " does not begin with a heading; put '# Title' on its first line");
        }
        return new Page(source, text(heading), content);
    }

    static boolean isPage(Path source) {
        return source.toString().endsWith(MARKDOWN);
    }

    /// Its path in the site. A `README.md` is the index of its folder.
    String target() {
        return target(source.toString());
    }

    /// The same for any path of a page, also a relative one, as links have them.
    static String target(String source) {
        if (source.equals(INDEX) || source.endsWith("/" + INDEX)) {
            return source.substring(0, source.length() - INDEX.length()) + "index.html";
        }
        return source.substring(0, source.length() - MARKDOWN.length()) + ".html";
    }

    /// The way from its folder to the top of the site: empty, or `../` as often as needed.
    String toTop() {
        return "../".repeat(source.getNameCount() - 1);
    }

    /// How navigation orders pages: the index first, then folders, then what lies beside it.
    String order() {
        boolean index = source.endsWith(INDEX);
        return (index ? "0" : source.getNameCount() > 1 ? "1" : "2") + source;
    }

    private static String text(Node node) {
        var text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(Code part) {
                text.append(part.getLiteral());
            }
        });
        return text.toString();
    }
}
