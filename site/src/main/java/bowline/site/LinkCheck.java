package bowline.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Follows every link, picture and anchor inside a site that was built. What leads elsewhere is not asked for.
final class LinkCheck {
    private static final Pattern LINK = Pattern.compile("<(a|img|link)\\b[^>]*?\\b(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ANCHOR = Pattern.compile("<\\w+\\b[^>]*?\\bid=\"([^\"]*)\"");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

    private final Path site;
    private final Map<Path, Set<String>> anchors = new HashMap<>();

    private LinkCheck(Path site) {
        this.site = site.toAbsolutePath().normalize();
    }

    /// What is wrong, a line each: which page has a link to what is not there.
    static List<String> of(Path site) throws IOException {
        return new LinkCheck(site).complaints();
    }

    private List<String> complaints() throws IOException {
        var complaints = new ArrayList<String>();
        try (Stream<Path> all = Files.walk(site)) {
            for (Path page : all.filter(LinkCheck::isHtml).sorted().toList()) {
                for (String link : found(LINK, 2, page)) {
                    if (!ELSEWHERE.matcher(link).matches() && !leadsSomewhere(page, link)) {
                        complaints.add(site.relativize(page) + " has a link to " + link + ", which is not there");
                    }
                }
            }
        }
        return complaints;
    }

    private boolean leadsSomewhere(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        if (!target.startsWith(site) || !Files.isRegularFile(target)) {
            return false;
        }
        return hash < 0 || anchors(target).contains(link.substring(hash + 1));
    }

    private Set<String> anchors(Path page) throws IOException {
        Set<String> known = anchors.get(page);
        if (known == null) {
            known = new HashSet<>(found(ANCHOR, 1, page));
            anchors.put(page, known);
        }
        return known;
    }

    private static List<String> found(Pattern pattern, int group, Path page) throws IOException {
        return pattern.matcher(Files.readString(page))
                .results()
                .map(match -> match.group(group))
                .toList();
    }

    private static boolean isHtml(Path file) {
        return file.toString().endsWith(".html");
    }
}
