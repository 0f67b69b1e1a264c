package bowline.web.file;

import bowline.web.server.Html;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A page with the names in a directory: only those that can be asked for, each escaped for where it stands (H1-10).
final class DirectoryListing {

    /// The most names that are listed; of more, the page says that there are more.
    static final int NAMES_MAX = 5_000;

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private DirectoryListing() {}

    /// The page.
    ///
    /// @param path the directory's path as the client knows it, decoded
    /// @param isRoot whether there is nothing above it
    static String page(Path directory, String path, boolean isRoot) throws IOException {
        var names = new ArrayList<String>();
        boolean more = collect(directory, names);
        names.sort(Comparator.naturalOrder());
        var list = new StringBuilder("<ul>\n");
        if (!isRoot) {
            list.append("<li><a href=\"../\">../</a></li>\n");
        }
        for (String name : names) {
            list.append("<li><a href=\"./").append(encode(name)).append("\">").append(Html.escape(name));
            list.append("</a></li>\n");
        }
        list.append("</ul>\n").append(more ? "<p>… and more.</p>\n" : "");
        return Html.page("Index of " + path, list.toString());
    }

    private static boolean collect(Path directory, List<String> names) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!FileLocator.isPlainName(name)) {
                    continue;
                }
                if (names.size() == NAMES_MAX) {
                    return true;
                }
                names.add(Files.isDirectory(entry) ? name + "/" : name);
            }
        }
        return false;
    }

    /// Percent-encodes a name, but for the slash behind a directory's.
    private static String encode(String name) {
        var encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c == '/' || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(hex(c >> 4)).append(hex(c & 0xF));
            }
        }
        return encoded.toString();
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit, 16));
    }
}
