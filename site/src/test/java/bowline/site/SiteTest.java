package bowline.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
    private static final Pattern TITLE = Pattern.compile("<title>(.*)</title>");

    @TempDir
    private Path folder;

    private Path docs;
    private Path site;

    @BeforeEach
    void folders() throws IOException {
        docs = Files.createDirectories(folder.resolve("docs"));
        site = folder.resolve("site");
    }

    @Nested
    @DisplayName("our own docs")
    class Own {
        @BeforeEach
        void build() throws IOException {
            new SiteBuilder(Path.of("../docs"), site).build();
        }

        @Test
        void everyLinkPictureAndAnchorLeadsSomewhere() throws IOException {
            assertEquals(List.of(), LinkCheck.of(site));
        }

        @Test
        void everyPageHasATitleOfItsOwnAndNeedsNoScript() throws IOException {
            var titles = new HashSet<String>();
            for (Path page : pages()) {
                String html = Files.readString(page);
                var title = TITLE.matcher(html);
                assertThat(title.find()).as(page.toString()).isTrue();
                assertThat(titles.add(title.group(1)))
                        .as("only one page is called " + title.group(1))
                        .isTrue();
                assertThat(html).doesNotContain("<script", "src=\"http", "url(");
            }
            assertThat(titles.size()).isGreaterThan(3);
        }

        private List<Path> pages() throws IOException {
            try (Stream<Path> all = Files.walk(site)) {
                return all.filter(file -> file.toString().endsWith(".html")).toList();
            }
        }
    }

    @Test
    void linksToMarkdownBecomeLinksToHtml() throws IOException {
        write("README.md", "# Top\n\n[one](guide/01-one.md#its-part), [out](https://example.org/a.md)\n");
        write("guide/01-one.md", "# One\n\n## Its part\n\n[back](../README.md)\n");
        assertThat(html("index.html"))
                .contains("href=\"guide/01-one.html#its-part\"", "href=\"https://example.org/a.md\"");
        assertThat(html("guide/01-one.html")).contains("href=\"../index.html\"", "id=\"its-part\"");
        assertEquals(List.of(), LinkCheck.of(site));
    }

    @Test
    void whatIsNotThereIsComplainedOf() throws IOException {
        write("README.md", "# Top\n\n[a](b.md) [c](#d) [e](README.md#f) ![g](h.png) [i](../outside.md)\n");
        new SiteBuilder(docs, site).build();
        assertThat(LinkCheck.of(site))
                .hasSize(5)
                .first()
                .isEqualTo("index.html has a link to b.html, which is not there");
    }

    @Test
    void pagesAreListedInTheOrderOfTheirNames() throws IOException {
        write("README.md", "# Top\n");
        write("beside.md", "# Beside\n");
        write("guide/02-b.md", "# Second\n");
        write("guide/01-a.md", "# First & \\<foremost>\n");
        assertThat(html("guide/01-a.html"))
                .containsSubsequence(">Top<", ">First &amp; &lt;foremost&gt;<", ">Second<", ">Beside<")
                .contains("<title>First &amp; &lt;foremost&gt; · Bowline</title>", "rel=\"prev\"", "rel=\"next\"");
    }

    @Test
    void plansAreNotForTheReadersOfTheSite() throws IOException {
        write("README.md", "# Top\n");
        write("plans/next.md", "# Whither\n");

        assertThat(html("index.html")).doesNotContain("Whither");
        assertThat(site.resolve("plans")).doesNotExist();
    }

    @Test
    void aPageWithoutATitleIsRefused() throws IOException {
        write("README.md", "no heading\n");
        var refused = assertThrows(IllegalArgumentException.class, () -> new SiteBuilder(docs, site).build());
        assertThat(refused).hasMessageContaining("README.md does not begin with a heading");
    }

    @Test
    void codeHasItsFilesNameAndColoursAndIsEscaped() throws IOException {
        write("README.md", """
                # Top
                ```java Echo.java
                var a = List.<String>of("new // no comment"); // \"yes\"
                ```
                """);
        assertThat(html("index.html"))
                .contains("<figcaption>Echo.java</figcaption>")
                .contains("<span class=\"keyword\">var</span> a = List.&lt;String&gt;of(")
                .contains("<span class=\"string\">&quot;new // no comment&quot;</span>")
                .contains("<span class=\"comment\">// &quot;yes&quot;</span>");
    }

    @Test
    void atAConsoleWhatIsTypedIsMarked() throws IOException {
        write("README.md", "# Top\n```console\n$ nc a\n> b\nc <d>\n```\n");
        assertThat(html("index.html"))
                .contains("<span class=\"typed\">$ nc a</span>\n<span class=\"typed\">&gt; b</span>\nc &lt;d&gt;\n");
    }

    @Test
    void htmlInAPageIsShownAndNotObeyed() throws IOException {
        write("README.md", "# Top\n\n<script>alert(1)</script>\n");
        assertThat(html("index.html")).doesNotContain("<script");
    }

    private void write(String name, String text) throws IOException {
        Path file = docs.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String html(String name) throws IOException {
        new SiteBuilder(docs, site).build();
        return Files.readString(site.resolve(name));
    }
}
