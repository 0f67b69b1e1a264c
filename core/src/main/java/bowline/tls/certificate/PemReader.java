package bowline.tls.certificate;

import bowline.bytes.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Finds the blocks in a text of PEM (RFC 7468). Text around them, blank lines, blanks at the end of lines and CR
/// before LF do not matter; what is between BEGIN and END must be base64.
final class PemReader {
    /// Most blocks in one file.
    static final int BLOCKS_MAX = 4_000;

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";
    private static final String ENCRYPTED = "ENCRYPTED";
    private static final int QUOTED_MAX = 60;

    private final String source;
    private final List<PemBlock> blocks = new ArrayList<>();
    private String label = "";
    private int begun;
    private boolean inHeader;
    private boolean encrypted;
    private final StringBuilder digits = new StringBuilder();

    private PemReader(String source) {
        this.source = source;
    }

    /// @param source where it comes from, for errors
    static List<PemBlock> read(String source, byte[] content) throws UnusableMaterial {
        var reader = new PemReader(source);
        String text = new String(content, StandardCharsets.ISO_8859_1);
        reader.lines(text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text);
        return reader.blocks;
    }

    /// Whether there is a block in it, whole or not.
    static boolean looksLikePem(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).contains(BEGIN);
    }

    private void lines(String text) throws UnusableMaterial {
        int number = 0;
        for (int at = 0; at < text.length(); ) {
            int end = lineEnd(text, at);
            number++;
            line(text.substring(at, end).stripTrailing(), number);
            at = end + (text.startsWith("\r\n", end) ? 2 : 1);
        }
        if (begun > 0) {
            throw fault(begun, "BEGIN " + label + " has no END", "is the file cut off?");
        }
    }

    private static int lineEnd(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            if (text.charAt(at) == '\n' || text.charAt(at) == '\r') {
                return at;
            }
        }
        return text.length();
    }

    private void line(String line, int number) throws UnusableMaterial {
        if (line.startsWith(BEGIN)) {
            begin(line, number);
        } else if (begun == 0) {
            return; // what is around the blocks is for people
        } else if (line.startsWith(END)) {
            end(line, number);
        } else if (inHeader || line.indexOf(':') > 0) {
            header(line);
        } else {
            content(line, number);
        }
    }

    private void begin(String line, int number) throws UnusableMaterial {
        if (begun > 0) {
            throw fault(number, "a block begins before the one of line " + begun + " has ended", "is a line missing?");
        }
        if (!line.endsWith(DASHES) || line.length() < BEGIN.length() + DASHES.length()) {
            throw fault(number, Ascii.quote(line, QUOTED_MAX) + " does not end in " + DASHES, "repair the line");
        }
        if (blocks.size() == BLOCKS_MAX) {
            throw fault(number, "it has more than " + BLOCKS_MAX + " blocks", "is it the right file?");
        }
        label = line.substring(BEGIN.length(), line.length() - DASHES.length());
        begun = number;
        encrypted = false;
        digits.setLength(0);
    }

    /// Headers as of RFC 1421, which end at a blank line.
    private void header(String line) {
        inHeader = !line.isEmpty();
        encrypted |= line.startsWith("Proc-Type:") && line.contains(ENCRYPTED);
    }

    private void content(String line, int number) throws UnusableMaterial {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c != ' ' && c != '\t' && !isBase64(c)) {
                throw fault(
                        number,
                        "column " + (i + 1) + " is no base64: " + Ascii.quote(line.substring(i), 8),
                        "copy the file again, as text");
            }
            if (c != ' ' && c != '\t') {
                digits.append(c);
            }
        }
    }

    private static boolean isBase64(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '=';
    }

    private void end(String line, int number) throws UnusableMaterial {
        if (!line.equals(END + label + DASHES)) {
            throw fault(
                    number,
                    Ascii.quote(line, QUOTED_MAX) + " does not end what line " + begun + " began, "
                            + Ascii.quote(label, QUOTED_MAX),
                    "repair the line");
        }
        try {
            blocks.add(new PemBlock(label, begun, Base64.getDecoder().decode(digits.toString()), encrypted));
        } catch (IllegalArgumentException notBase64) {
            throw fault(begun, "what is between BEGIN and END is no base64", "is a line missing?");
        }
        begun = 0;
        inHeader = false;
    }

    private UnusableMaterial fault(int line, String what, String advice) {
        return UnusableMaterial.of(source + ", line " + line, what, advice, null);
    }
}
