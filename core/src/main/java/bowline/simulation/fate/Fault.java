package bowline.simulation.fate;

/// One decision of the seed that made a difference: the `number`-th of its stream.
///
/// Written `reset@reader>poet#3`, and read again by [#parse].
///
/// @param kind what it did
/// @param where the stream it belongs to, without `#` and white space
/// @param number which decision of that stream, from 0
public record Fault(FaultKind kind, String where, long number) {

    /// Reads what [#toString] wrote.
    ///
    /// @throws IllegalArgumentException if it is none
    public static Fault parse(String text) {
        int at = text.indexOf('@');
        int hash = text.lastIndexOf('#');
        if (at < 0 || hash < at) {
            throw new IllegalArgumentException("\"" + text + "\" is no fault; one looks like reset@reader>poet#3");
        }
        try {
            return new Fault(
                    FaultKind.named(text.substring(0, at)),
                    text.substring(at + 1, hash),
                    Long.parseLong(text.substring(hash + 1)));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("\"" + text + "\" is no fault: " + wrong.getMessage(), wrong);
        }
    }

    @Override
    public String toString() {
        return kind + "@" + where + "#" + number;
    }
}
