package bowline.web.server;

/// Text inside HTML (H1-10).
public final class Html {

    private Html() {}

    /// `text` so that it means itself in HTML, between tags and inside quoted attributes.
    public static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /// A whole small page.
    ///
    /// @param title plain text, escaped here
    /// @param body HTML
    public static String page(String title, String body) {
        String escaped = escape(title);
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>" + escaped
                + "</title></head>\n<body>\n<h1>" + escaped + "</h1>\n" + body + "</body>\n</html>\n";
    }
}
