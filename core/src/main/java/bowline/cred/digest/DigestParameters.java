package bowline.cred.digest;

import bowline.bytes.Ascii;
import bowline.machine.PeerViolation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Reads `Digest name=value, name="quoted"` (RFC 7235 §2.1).
final class DigestParameters {
    /// Longest header value that is read.
    static final int HEADER_MAX_CHARS = 8192;

    private static final int PARAMETERS_MAX = 32;
    private static final String SCHEME = "digest ";

    private final String text;
    private int at = SCHEME.length();

    private DigestParameters(String text) {
        this.text = text;
    }

    static Map<String, String> read(String header) {
        if (header.length() > HEADER_MAX_CHARS) {
            throw violation("a header of " + header.length() + " characters is above the limit HEADER_MAX_CHARS, "
                    + HEADER_MAX_CHARS);
        }
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw violation("the scheme is not Digest");
        }
        return new DigestParameters(header).parameters();
    }

    static PeerViolation violation(String what) {
        return new PeerViolation(what, "HTTP Digest, RFC 7616 §3.4", "400 Bad Request");
    }

    private Map<String, String> parameters() {
        Map<String, String> all = new LinkedHashMap<>();
        while (true) {
            skip(" \t,");
            if (at == text.length()) {
                return all;
            }
            String name = token().toLowerCase(Locale.ROOT);
            skip(" \t");
            if (name.isEmpty() || at == text.length() || text.charAt(at) != '=') {
                throw violation("no name=value at " + Ascii.quote(text.substring(at), 20));
            }
            at++;
            skip(" \t");
            String value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
            skip(" \t");
            if (at < text.length() && text.charAt(at) != ',') {
                throw violation("no comma behind " + name);
            }
            if (all.putIfAbsent(name, value) != null || all.size() > PARAMETERS_MAX) {
                throw violation("parameter " + Ascii.quote(name, 20) + " comes twice, or there are too many");
            }
        }
    }

    private void skip(String what) {
        while (at < text.length() && what.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private String token() {
        int from = at;
        while (at < text.length() && " \t,=\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted() {
        var value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && ++at < text.length()) {
                c = text.charAt(at);
            }
            value.append(c);
        }
        throw violation("a quoted value has no end");
    }

    /// `text` in quotes.
    static String quote(String text) {
        if (!text.chars().allMatch(c -> c >= ' ' && c != 0x7F)) {
            throw new IllegalArgumentException(Ascii.quote(text, 40) + " has a control character");
        }
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
