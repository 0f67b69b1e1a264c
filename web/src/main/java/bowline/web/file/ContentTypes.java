package bowline.web.file;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Media types by the ends of files' names. A table.
final class ContentTypes {

    /// What a file is of whose name tells nothing: bytes.
    static final String UNKNOWN = "application/octet-stream";

    /// Name ends, separated by spaces, and the type of each such file. Text is UTF-8.
    private static final String[] TABLE = {
        "html htm", "text/html; charset=utf-8",
        "css", "text/css; charset=utf-8",
        "js mjs", "text/javascript; charset=utf-8",
        "txt text log conf", "text/plain; charset=utf-8",
        "md", "text/markdown; charset=utf-8",
        "csv", "text/csv; charset=utf-8",
        "ics", "text/calendar; charset=utf-8",
        "vtt", "text/vtt; charset=utf-8",
        "xml", "text/xml; charset=utf-8",
        "java py c h", "text/plain; charset=utf-8",
        "json map", "application/json",
        "webmanifest", "application/manifest+json",
        "rss", "application/rss+xml",
        "atom", "application/atom+xml",
        "xhtml", "application/xhtml+xml",
        "pdf", "application/pdf",
        "wasm", "application/wasm",
        "zip", "application/zip",
        "jar", "application/java-archive",
        "gz tgz", "application/gzip",
        "bz2", "application/x-bzip2",
        "xz", "application/x-xz",
        "zst", "application/zstd",
        "tar", "application/x-tar",
        "7z", "application/x-7z-compressed",
        "deb", "application/vnd.debian.binary-package",
        "iso", "application/x-iso9660-image",
        "sh", "application/x-sh",
        "rtf", "application/rtf",
        "epub", "application/epub+zip",
        "doc", "application/msword",
        "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls", "application/vnd.ms-excel",
        "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt", "application/vnd.ms-powerpoint",
        "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt", "application/vnd.oasis.opendocument.text",
        "ods", "application/vnd.oasis.opendocument.spreadsheet",
        "png", "image/png",
        "jpg jpeg", "image/jpeg",
        "gif", "image/gif",
        "webp", "image/webp",
        "avif", "image/avif",
        "svg", "image/svg+xml",
        "ico", "image/vnd.microsoft.icon",
        "bmp", "image/bmp",
        "tif tiff", "image/tiff",
        "woff", "font/woff",
        "woff2", "font/woff2",
        "ttf", "font/ttf",
        "otf", "font/otf",
        "mp3", "audio/mpeg",
        "m4a", "audio/mp4",
        "ogg oga opus", "audio/ogg",
        "wav", "audio/wav",
        "flac", "audio/flac",
        "weba", "audio/webm",
        "mp4 m4v", "video/mp4",
        "webm", "video/webm",
        "ogv", "video/ogg",
        "mov", "video/quicktime",
        "mkv", "video/matroska",
        "avi", "video/x-msvideo",
        "ts", "video/mp2t",
        "m3u8", "application/vnd.apple.mpegurl"
    };

    private static final Map<String, String> BY_END = byEnd();

    private ContentTypes() {}

    /// The media type of a file by its name.
    static String of(String fileName) {
        String end = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_END.getOrDefault(end, UNKNOWN);
    }

    private static Map<String, String> byEnd() {
        var types = new HashMap<String, String>();
        for (int i = 0; i < TABLE.length; i += 2) {
            int from = 0;
            while (from < TABLE[i].length()) {
                int space = TABLE[i].indexOf(' ', from);
                int to = space < 0 ? TABLE[i].length() : space;
                types.put(TABLE[i].substring(from, to), TABLE[i + 1]);
                from = to + 1;
            }
        }
        return Map.copyOf(types);
    }
}
