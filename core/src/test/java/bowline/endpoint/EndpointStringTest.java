package bowline.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.testing.generate.Generators;
import bowline.testing.generate.Property;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// END-6: the grammar of endpoint descriptions.
class EndpointStringTest {

    private static EndpointString parse(String description) {
        return EndpointString.parse(description);
    }

    @Test
    void separatesTypePositionsAndNames() {
        EndpointString parsed = parse("tcp:80:interface=127.0.0.1:backlog=5");

        assertEquals(
                new EndpointString("tcp", List.of("80"), Map.of("interface", "127.0.0.1", "backlog", "5")), parsed);
    }

    @Test
    void positionalMayFollowNamed() {
        assertEquals(new EndpointString("x", List.of("a", "b"), Map.of("k", "v")), parse("x:a:k=v:b"));
    }

    @Test
    void onlyTheFirstUnescapedEqualsSignSplits() {
        assertEquals(Map.of("host", "a=b"), parse("tcp:host=a=b").named());
        assertEquals(List.of("a=b"), parse("tcp:a\\=b").positional());
        assertEquals(Map.of("k=1", "v"), parse("tcp:k\\=1=v").named());
    }

    @Test
    void aBackslashEscapesWhateverFollows() {
        assertEquals(
                List.of("::1", "a\\b", "xyz"),
                parse("tcp:\\:\\:1:a\\\\b:\\xy\\z").positional());
    }

    @Test
    void emptyFieldsAreEmptyArguments() {
        assertEquals(new EndpointString("tcp", List.of("", ""), Map.of("k", "", "", "v")), parse("tcp:::k=:=v"));
    }

    @Test
    void aTrailingLoneBackslashIsAnError() {
        var error = assertThrows(IllegalArgumentException.class, () -> parse("tcp:80\\"));

        assertTrue(error.getMessage().contains("ends in a lone \\"), error.getMessage());
        assertEquals(List.of("80\\"), parse("tcp:80\\\\").positional());
    }

    @Test
    void aDescriptionWithoutATypeIsAnError() {
        for (String wrong : List.of("", ":80", "port=80", "=", "=tcp")) {
            assertThrows(IllegalArgumentException.class, () -> parse(wrong), wrong);
        }
    }

    @Test
    void aKeyGivenTwiceIsAnError() {
        assertThrows(IllegalArgumentException.class, () -> parse("tcp:a=1:a=1"));
    }

    @Test
    @DisplayName("END-6: what cannot be read is refused without telling a password, wherever it stands")
    void refusalsTellNoPassword() {
        for (String wrong : List.of(
                "socks5:a:1:password=hush\\",
                "socks5:a:1:password=hush:password=hush",
                "socks5:a:1:hush=x:hush=y\\",
                "socks5\\:hush\\",
                ":password=hush",
                "password=hush",
                "=hush")) {
            var error = assertThrows(IllegalArgumentException.class, () -> parse(wrong), wrong);
            assertFalse(String.valueOf(error.getMessage()).contains("hush"), error.getMessage());
        }
        assertTrue(assertThrows(IllegalArgumentException.class, () -> parse("tcp:80\\"))
                .getMessage()
                .startsWith("endpoint \"tcp\" and so on cannot be read"));
    }

    @Test
    @DisplayName("END-6: for logs a description has *** for passwords, at any depth")
    void masksPasswords() {
        String inner = "socks5:b:2:proxy=" + EndpointString.quote("http-connect:c:3:user=u:Password=hush");
        EndpointString outer = new EndpointString("socks5", List.of("a", "1", inner), Map.of("proxyPassword", "hush"));

        assertEquals(
                "socks5:a:1:" + EndpointString.quote(inner.replace("hush", "***")) + ":proxyPassword=***",
                outer.masked().toString());
        String plain = "unix:/run/secret\\:place:k=v";
        assertEquals(plain, parse(plain).masked().toString());
        assertEquals("x:k=***", parse("x:k=\\:password\\=hush").masked().toString(), "no description");
    }

    @Test
    @DisplayName("END-7: the case of the type does not matter, in any locale")
    void typesAreInLowerCase() {
        assertEquals("systemd", parse("SYSTEMD:").type());
        assertEquals("stdio", parse("StdIO:").type());
    }

    @Test
    void quotesWhatWouldBeSpecial() {
        assertEquals("C\\:\\\\a b\\=c", EndpointString.quote("C:\\a b=c"));
    }

    @Test
    void everyCharacterOfUnicodeSurvivesQuoting() {
        for (int c = Character.MIN_CODE_POINT; c <= Character.MAX_CODE_POINT; c++) {
            survives(Character.toString(c));
        }
    }

    @Test
    void randomTextsSurviveQuoting() {
        Property.check(10_000, Generators.texts("\\:=a\u00e9\0\n ", 12), EndpointStringTest::survives);
        Property.check(10_000, Generators.texts(12), EndpointStringTest::survives);
    }

    private static void survives(String text) {
        String quoted = EndpointString.quote(text);
        EndpointString parsed = parse("t:" + quoted + ":" + quoted + "=" + quoted);

        assertEquals(List.of(text), parsed.positional());
        assertEquals(Map.of(text, text), parsed.named());
        assertEquals(parsed, parse(parsed.toString()));
    }
}
