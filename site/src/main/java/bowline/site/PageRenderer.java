package bowline.site;

import java.util.Map;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;

/// Turns a page's content into HTML. Links to pages of Markdown become links to their HTML; blocks of code get colours
/// and, where they have one, the name of their file.
final class PageRenderer {
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(Page.EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .nodeRendererFactory(CodeBlocks::new)
            .build();

    private PageRenderer() {}

    /// The HTML of its content, without anything around it.
    static String html(Page page) {
        page.content().accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                link.setDestination(toHtml(link.getDestination()));
                visitChildren(link);
            }
        });
        return RENDERER.render(page.content());
    }

    private static String toHtml(String destination) {
        int hash = destination.indexOf('#');
        String path = hash < 0 ? destination : destination.substring(0, hash);
        String anchor = hash < 0 ? "" : destination.substring(hash);
        boolean ours = !path.contains(":") && path.endsWith(".md");
        return (ours ? Page.target(path) : path) + anchor;
    }

    private record CodeBlocks(HtmlNodeRendererContext context) implements NodeRenderer {
        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(FencedCodeBlock.class);
        }

        @Override
        public void render(Node node) {
            var block = (FencedCodeBlock) node;
            String[] info = block.getInfo().split(" ", 2);
            HtmlWriter out = context.getWriter();
            out.line();
            out.tag("figure", Map.of("class", "code " + info[0]));
            if (info.length > 1) {
                out.tag("figcaption");
                out.text(info[1]);
                out.tag("/figcaption");
            }
            // The block scrolls sideways on a narrow screen: a keyboard has to reach it.
            out.tag("pre", Map.of("tabindex", "0"));
            out.tag("code");
            out.raw(CodeColours.html(info[0], block.getLiteral()));
            out.tag("/code");
            out.tag("/pre");
            out.tag("/figure");
            out.line();
        }
    }
}
