package bowline.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// `SiteBuilder DOCS SITE`: makes the site of a folder of Markdown in another folder.
public final class SiteBuilder {
    private static final List<String> OWN_FILES = List.of("style.css", "knot.svg");
    private static final Set<String> PICTURES = Set.of("png", "svg", "jpg", "webp");

    /// What is written for those who build Bowline, and not for its users.
    private static final Path PLANS = Path.of("plans");

    private final Path docs;
    private final Path site;

    /// A builder from one folder into another, which need not exist. Pages that were there before are overwritten.
    public SiteBuilder(Path docs, Path site) {
        this.docs = docs;
        this.site = site;
    }

    /// The command of `docs/build`.
    public static void main(String... args) throws IOException {
        if (args.length != 2) {
            System.err.println("Usage: docs/build [SITE]");
            System.exit(64);
        }
        int pages = new SiteBuilder(Path.of(args[0]), Path.of(args[1])).build();
        List<String> complaints = LinkCheck.of(Path.of(args[1]));
        complaints.forEach(System.err::println);
        IO.println(pages + " pages in " + args[1]);
        System.exit(complaints.isEmpty() ? 0 : 1);
    }

    /// Writes the site.
    ///
    /// @return how many pages it has
    public int build() throws IOException {
        var pages = new ArrayList<Page>();
        for (Path file : files()) {
            if (Page.isPage(file)) {
                pages.add(Page.read(docs, file));
            } else if (PICTURES.contains(extension(file))) {
                Files.copy(docs.resolve(file), place(file.toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        pages.sort(Comparator.comparing(Page::order));
        var frame = new Frame(List.copyOf(pages));
        for (Page page : pages) {
            Files.writeString(place(page.target()), frame.around(page, PageRenderer.html(page)));
        }
        copyOwnFiles();
        return pages.size();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(docs)) {
            return all.filter(Files::isRegularFile)
                    .map(docs::relativize)
                    .filter(file -> !file.startsWith(PLANS))
                    .toList();
        }
    }

    private static String extension(Path file) {
        String name = file.toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void copyOwnFiles() throws IOException {
        for (String name : OWN_FILES) {
            try (InputStream in = SiteBuilder.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IOException(name + " is missing beside " + SiteBuilder.class);
                }
                Files.copy(in, place(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path place(String target) throws IOException {
        Path place = site.resolve(target);
        Files.createDirectories(place.toAbsolutePath().getParent());
        return place;
    }
}
