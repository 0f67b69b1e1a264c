package bowline.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.endpoint.Echoes;
import bowline.endpoint.FakeReactor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// RUN-8: options, defaults, coercion, and errors that say what to do.
class ServiceArgumentsTest {
    private static final List<ServiceOption> OPTIONS = List.of(
            ServiceOption.value("listen", "ENDPOINT", "where")
                    .defaultsTo("tcp:7777")
                    .repeats(),
            ServiceOption.value("root", "DIR", "what").mustBeGiven(),
            ServiceOption.value("idle", "TIME", "how long").defaultsTo("1m"),
            ServiceOption.value("size", "N", "how many"),
            ServiceOption.flag("quiet", "no log"));

    private static ServiceArguments given(String name, String... values) {
        return name.equals("root")
                ? ServiceArguments.of(OPTIONS, Map.of("root", List.of(values)))
                : ServiceArguments.of(OPTIONS, Map.of("root", List.of("/srv"), name, List.of(values)));
    }

    @Test
    void fillsInDefaults() {
        ServiceArguments arguments = given("root", "/srv");

        assertEquals(List.of("tcp:7777"), arguments.list("listen"));
        assertEquals(Duration.ofMinutes(1), arguments.duration("idle"));
        assertFalse(arguments.flag("quiet"));
        assertFalse(arguments.has("size"));
        assertEquals(List.of(), arguments.list("size"));
    }

    @Test
    void givenValuesReplaceTheDefault() {
        assertEquals(
                List.of("tcp:1", "tcp:2"), given("listen", "tcp:1", "tcp:2").list("listen"));
        assertTrue(given("quiet").flag("quiet"));
    }

    @Test
    void readsLengthsOfTime() {
        assertEquals(Duration.ofMillis(250), given("idle", "250ms").duration("idle"));
        assertEquals(Duration.ofMillis(1500), given("idle", "1.5s").duration("idle"));
        assertEquals(Duration.ofSeconds(30), given("idle", "30").duration("idle"));
        assertEquals(Duration.ofHours(48), given("idle", "2d").duration("idle"));
        for (String wrong : List.of("", "s", "-1s", "1.2.3s", "5 minutes", "1e3s", "99999999999d")) {
            UsageError error =
                    assertThrows(UsageError.class, () -> given("idle", wrong).duration("idle"), wrong);
            assertEquals("--idle \"" + wrong + "\" is not a length of time", error.getMessage());
        }
    }

    @Test
    void readsIntegersWithinBoundsOnly() {
        assertEquals(1, given("size", "1").integer("size", 1, 9));
        assertEquals(9, given("size", "9").integer("size", 1, 9));
        for (String wrong : List.of("0", "10", "x", "", "99999999999")) {
            UsageError error =
                    assertThrows(UsageError.class, () -> given("size", wrong).integer("size", 1, 9));
            assertEquals("--size \"" + wrong + "\" is not a whole number from 1 to 9", error.getMessage());
        }
    }

    @Test
    void readsPathsWithTheUsersHome() {
        assertEquals(Path.of("/srv/www"), given("root", "/srv/www").path("root"));
        assertEquals(
                Path.of(System.getProperty("user.home"), "www"),
                given("root", "~/www").path("root"));
        assertThrows(UsageError.class, () -> given("root", "a\0b").path("root"));
    }

    @Test
    void refusesWhatIsUnknownMissingOrRepeated() {
        UsageError missing = assertThrows(UsageError.class, () -> ServiceArguments.of(OPTIONS, Map.of()));
        assertEquals("--root is missing", missing.getMessage());
        assertEquals("add --root DIR", missing.advice());

        UsageError unknown = assertThrows(UsageError.class, () -> given("port", "80"));
        assertEquals("unknown option --port", unknown.getMessage());
        assertTrue(unknown.advice().contains("--listen, --root"));

        assertEquals(
                "--idle is given 2 times",
                assertThrows(UsageError.class, () -> given("idle", "1s", "2s")).getMessage());
    }

    @Test
    void makesAServerOfEachEndpoint() {
        FakeReactor fake = new FakeReactor();
        given("listen", "tcp:1", "tcp:2")
                .servers("listen", fake.reactor, new Echoes())
                .start();
        assertEquals(2, fake.ports.size());

        UsageError error = assertThrows(
                UsageError.class, () -> given("listen", "tpc:1").servers("listen", fake.reactor, new Echoes()));
        assertTrue(error.getMessage().startsWith("--listen: endpoint \"tpc:1\" cannot be used"), error.getMessage());
    }

    @Test
    void aNameThatIsNoOptionIsAMistakeOfTheProgram() {
        var thrown = assertThrows(
                IllegalArgumentException.class, () -> given("root", "/").string("path"));

        assertFalse(thrown instanceof UsageError);
        assertThrows(IllegalStateException.class, () -> given("root", "/").string("size"));
    }

    @Test
    void anOptionsPartsMustAgree() {
        assertThrows(IllegalArgumentException.class, () -> ServiceOption.flag("--x", ""));
        assertThrows(
                IllegalArgumentException.class,
                () -> ServiceOption.flag("x", "").defaultsTo("1"));
        assertThrows(
                IllegalArgumentException.class,
                () -> ServiceOption.flag("x", "").repeats());
        assertThrows(
                IllegalArgumentException.class,
                () -> ServiceOption.value("x", "X", "").defaultsTo("1").mustBeGiven());
    }
}
