package bowline.web.file;

import bowline.web.server.Html;
import bowline.web.server.HttpError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page with the names in a directory: only those that can be asked for, each escaped for where it stands (H1-10).
final class DirectoryListing {

    /// The most names that are listed; of more, the page says that there are more.
    static final int NAMES_MAX = 5_000;

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private DirectoryListing() {}

    /// The page.
    ///
    /// @param path the directory's path as the client asked for it, still percent-encoded
    static String page(FileLocator locator, FileLocator.Found directory, String path) throws IOException {
        var names = new ArrayList<String>();
        boolean more = collect(locator, directory, names);
        names.sort(Comparator.naturalOrder());
        var list = new StringBuilder("<ul>\n");
        if (!path.equals("/")) {
            list.append("<li><a href=\"../\">../</a></li>\n");
        }
        for (String name : names) {
            list.append("<li><a href=\"./").append(encode(name)).append("\">").append(Html.escape(name));
            list.append("</a></li>\n");
        }
        list.append("</ul>\n").append(more ? "<p>… and more.</p>\n" : "");
        return Html.page("Index of " + path, list.toString());
    }

    /// Collects names; answers whether there are more.
    private static boolean collect(FileLocator locator, FileLocator.Found directory, List<String> names)
            throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.path())) {
            for (Path entry : entries) {
                String name = listed(locator, directory, entry);
                if (name == null) {
                    continue;
                }
                if (names.size() == NAMES_MAX) {
                    return true;
                }
                names.add(name);
            }
        }
        return false;
    }

    /// The name of an entry, with a slash behind it if it is a directory; null if it cannot be asked for.
    private static @Nullable String listed(FileLocator locator, FileLocator.Found directory, Path entry) {
        String name = String.valueOf(entry.getFileName());
        BasicFileAttributes attributes = FileLocator.isPlainName(name) ? attributes(locator, directory, entry) : null;
        if (attributes == null) {
            return null;
        }
        if (attributes.isDirectory()) {
            return name + "/";
        }
        return attributes.isRegularFile() ? name : null;
    }

    /// Of a link, those of what it leads to, if that may be told.
    private static @Nullable BasicFileAttributes attributes(
            FileLocator locator, FileLocator.Found directory, Path entry) {
        try {
            var attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isSymbolicLink()) {
                return attributes;
            }
            FileLocator.Found target = locator.entry(directory, String.valueOf(entry.getFileName()));
            return target == null ? null : target.attributes();
        } catch (IOException | HttpError unreadable) {
            return null; // Gone meanwhile, or not for us.
        }
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
