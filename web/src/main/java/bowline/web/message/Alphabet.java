package bowline.web.message;

/// Which bytes may stand where in a head (RFC 9110 §5.5 and §5.6.2, RFC 9112 §3.2). Everything that is read or
/// written is held against these, so that nothing can end a line but the line's own end.
public final class Alphabet {

    /// `tchar`: what methods and field names are made of.
    public static final int TOKEN = 1;

    /// `field-vchar`, space and tab: what field values and reason phrases are made of.
    public static final int VALUE = 2;

    /// What a request target is made of: visible ASCII without `"`, `#`, `<` and `>`. Wider than RFC 3986, as
    /// browsers send some of the rest unescaped in queries.
    public static final int TARGET = 4;

    /// What the names of hosts are made of: `reg-name` (RFC 3986 §3.2.2).
    public static final int HOST = 8;

    /// Decimal digits.
    public static final int DIGIT = 16;

    private static final byte[] KINDS = kinds();

    private Alphabet() {}

    /// Whether `b` belongs to one of `kinds`.
    public static boolean is(byte b, int kinds) {
        return (KINDS[b & 0xFF] & kinds) != 0;
    }

    /// Whether every character of `text` belongs to one of `kinds`.
    public static boolean all(String text, int kinds) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0xFF || (KINDS[c] & kinds) == 0) {
                return false;
            }
        }
        return true;
    }

    /// Whether `text` is a token: not empty, and of [#TOKEN] only.
    public static boolean isToken(String text) {
        return !text.isEmpty() && all(text, TOKEN);
    }

    /// Whether `text` can be a field's value and comes out as it went in: of [#VALUE] only, and neither begun nor
    /// ended by a space or tab, which readers take off (RFC 9110 §5.5).
    public static boolean isValue(String text) {
        return all(text, VALUE) && (text.isEmpty() || (text.charAt(0) > ' ' && text.charAt(text.length() - 1) > ' '));
    }

    /// Folds an upper-case ASCII letter to lower case and leaves every other byte alone. (Not `| 0x20`, which would
    /// make a `-` of CR.)
    static int fold(byte b) {
        return b >= 'A' && b <= 'Z' ? b | 0x20 : b & 0xFF;
    }

    private static byte[] kinds() {
        var kinds = new byte[256];
        for (int b = 0x21; b < 0x7F; b++) {
            kinds[b] |= VALUE | TARGET;
        }
        for (int b = 0x80; b < 0x100; b++) {
            kinds[b] |= VALUE;
        }
        kinds[' '] |= VALUE;
        kinds['\t'] |= VALUE;
        mark(kinds, letters(), TOKEN | HOST);
        mark(kinds, "0123456789", TOKEN | HOST | DIGIT);
        mark(kinds, "!#$%&'*+-.^_`|~", TOKEN);
        mark(kinds, "-._~%!$&'()*+,;=", HOST);
        kinds['"'] &= ~TARGET;
        kinds['#'] &= ~TARGET;
        kinds['<'] &= ~TARGET;
        kinds['>'] &= ~TARGET;
        return kinds;
    }

    private static String letters() {
        return "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    }

    private static void mark(byte[] kinds, String bytes, int kind) {
        for (int i = 0; i < bytes.length(); i++) {
            kinds[bytes.charAt(i)] |= (byte) kind;
        }
    }
}
