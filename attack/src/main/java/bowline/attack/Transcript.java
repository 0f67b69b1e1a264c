package bowline.attack;

import bowline.bytes.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How one talks to a service: what a well-behaved client says, and where the protocol can be attacked. What a
/// transcript does not know of is not tried, and the report says so. Immutable; one character stands for a byte.
///
///     Transcript.of("hello\r\n", answer -> answer.contains("hello")).endless("hello").repeats(text -> text + "\r\n")
public final class Transcript {
    private final String request;
    private final Predicate<String> good;
    private String endless = "";
    private @Nullable LongFunction<String> declaring;
    private @Nullable IntFunction<String> items;
    private List<UnaryOperator<String>> repeating = List.of();
    private List<Early> early = List.of();
    private @Nullable Function<byte[], byte[]> compressed;
    private @Nullable UnaryOperator<String> token;
    private @Nullable Login login;

    /// What is said before its time.
    ///
    /// @param said by a peer that has just connected
    /// @param obeyed whether the answer shows that the service did what it must not
    public record Early(String said, Predicate<String> obeyed) {}

    /// Two log-ins that fail.
    ///
    /// @param unknownUser of a user who does not exist
    /// @param wrongPassword of one who does, with a wrong password
    /// @param refused recognises a whole answer to either
    public record Login(String unknownUser, String wrongPassword, Predicate<String> refused) {}

    private Transcript(String request, Predicate<String> good) {
        if (request.length() < 2) {
            throw new IllegalArgumentException(
                    "a request of " + request.length() + " bytes cannot be cut; give a longer one");
        }
        this.request = request;
        this.good = good;
    }

    private Transcript(Transcript other) {
        this(other.request, other.good);
        endless = other.endless;
        declaring = other.declaring;
        items = other.items;
        repeating = other.repeating;
        early = other.early;
        compressed = other.compressed;
        token = other.token;
        login = other.login;
    }

    // What there is for usual protocols

    /// One whole request, and whether the bytes so far are a whole good answer to it.
    public static Transcript of(String request, Predicate<String> good) {
        return new Transcript(request, good);
    }

    /// HTTP/1.1: `GET` of a path, good when it is answered with 2xx.
    public static Transcript http(String host, String path) {
        return HttpWords.transcript(host, path);
    }

    /// Lines: `line`, which is sent with CR LF, is answered with something that contains `answer`.
    public static Transcript line(String line, String answer) {
        return of(line + "\r\n", text -> text.contains(answer))
                .endless(line)
                .repeats(text -> text.replace('\n', ' ') + "\r\n");
    }

    /// Bytes without any frame, as an echo sends back: the answer to `bytes` contains `answer`.
    public static Transcript raw(String bytes, String answer) {
        return of(bytes, text -> text.contains(answer));
    }

    /// Netstrings: `text` is answered with something that contains `answer`.
    public static Transcript netstring(String text, String answer) {
        return of(text.length() + ":" + text + ",", heard -> heard.contains(answer))
                .endless("2000000000:")
                .declares(length -> length + ":");
    }

    /// SOCKS 5 without a password, as far as the choice of the method; SOCKS 4a where it can be long.
    public static Transcript socks() {
        return of("\5\1\0", answer -> answer.startsWith("\5\0"))
                .endless("\4\1\0P\0\0\0\1")
                .early("\1\4name\6secret", answer -> answer.startsWith("\1\0"))
                .early("\5\1\2\5\1\0\1\177\0\0\1\0P", answer -> answer.startsWith("\5\2\5\0"));
    }

    /// A service of `inner` that wants a PROXY header first (R1): without one nothing may be answered.
    public static Transcript behindProxy(Transcript inner) {
        String header = "PROXY TCP4 192.0.2.1 192.0.2.2 1000 80\r\n";
        return of(header + inner.request, inner.good)
                .endless("PROXY UNKNOWN ")
                .early(inner.request, inner.good)
                .early("PROXY TCP4 192.0.2.999 192.0.2.2 1000 80\r\n" + inner.request, inner.good);
    }

    // Where it can be attacked

    /// How a unit begins that never ends, as a line or a field without its end (G1, G6).
    public Transcript endless(String beginning) {
        var more = new Transcript(this);
        more.endless = beginning;
        return more;
    }

    /// The beginning of a unit that declares this length; asked for 2^31-1, 2^63-1, -1 and others (G1).
    public Transcript declares(LongFunction<String> beginning) {
        var more = new Transcript(this);
        more.declaring = beginning;
        return more;
    }

    /// A unit of so many small items, as header fields or parameters (G2).
    public Transcript items(IntFunction<String> unit) {
        var more = new Transcript(this);
        more.items = unit;
        return more;
    }

    /// A request that has the service say or log a text, which has line ends, NUL and the like in it: encode it
    /// as a client has to (G3, G10). May be given more than once.
    public Transcript repeats(UnaryOperator<String> requestWith) {
        var more = new Transcript(this);
        more.repeating = with(repeating, requestWith);
        return more;
    }

    /// Something that is said before its time, and how one sees that it was obeyed (G5). May be given more than
    /// once.
    public Transcript early(String said, Predicate<String> obeyed) {
        var more = new Transcript(this);
        more.early = with(early, new Early(said, obeyed));
        return more;
    }

    /// A request with these bytes, which are compressed by gzip, as its body (G4).
    public Transcript compressed(Function<byte[], byte[]> requestWith) {
        var more = new Transcript(this);
        more.compressed = requestWith;
        return more;
    }

    /// Takes out of a good answer what nobody may guess, as the id of a session; empty if there is none (G11).
    public Transcript token(UnaryOperator<String> ofAnswer) {
        var more = new Transcript(this);
        more.token = ofAnswer;
        return more;
    }

    /// Two log-ins that fail (G12).
    public Transcript login(String unknownUser, String wrongPassword, Predicate<String> refused) {
        var more = new Transcript(this);
        more.login = new Login(unknownUser, wrongPassword, refused);
        return more;
    }

    private static <T> List<T> with(List<T> before, T one) {
        var all = new ArrayList<>(before);
        all.add(one);
        return List.copyOf(all);
    }

    // What attacks ask

    /// One whole request.
    public String request() {
        return request;
    }

    /// Whether it is a good answer.
    public boolean isGood(String answer) {
        return good.test(answer);
    }

    /// See [#endless(String)]; empty: there is none.
    public String endless() {
        return endless;
    }

    /// See [#declares].
    public @Nullable LongFunction<String> declaring() {
        return declaring;
    }

    /// See [#items(IntFunction)].
    public @Nullable IntFunction<String> items() {
        return items;
    }

    /// See [#repeats].
    public List<UnaryOperator<String>> repeating() {
        return repeating;
    }

    /// See [#early(String, Predicate)].
    public List<Early> early() {
        return early;
    }

    /// See [#compressed(Function)].
    public @Nullable Function<byte[], byte[]> compressed() {
        return compressed;
    }

    /// See [#token(UnaryOperator)].
    public @Nullable UnaryOperator<String> token() {
        return token;
    }

    /// See [#login(String, String, Predicate)].
    public @Nullable Login login() {
        return login;
    }

    byte[] bytes() {
        return request.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// For reports.
    @Override
    public String toString() {
        return Ascii.quote(request, 60);
    }
}
