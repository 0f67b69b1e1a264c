package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.junit.layout.ClassFacts;
import bowline.junit.layout.LayoutRules;
import bowline.junit.layout.Rooms;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The rooms of all modules that are published, and of `fuzz`, keep to the layout of `ARCHITECTURE.md`.
class LayoutTest {

    /// Core from the ground up; a package knows only floors below its own.
    private static final List<Set<String>> CORE_FLOORS = List.of(
            Set.of("bowline.bytes", "bowline.failure"),
            Set.of("bowline.time", "bowline.reactor.flight", "bowline.testing.generate"),
            Set.of("bowline.machine", "bowline.log", "bowline.cred.hash"),
            Set.of(
                    "bowline.defer",
                    "bowline.reactor.watch",
                    "bowline.framing",
                    "bowline.log.daemon",
                    "bowline.haproxy.message",
                    "bowline.socks.message",
                    "bowline.cred.sasl",
                    "bowline.tls.certificate.der",
                    "bowline.tls.hello"),
            Set.of("bowline.cred", "bowline.reactor.inspect", "bowline.tls.certificate"),
            Set.of("bowline.protocol", "bowline.cred.digest", "bowline.cred.ssh", "bowline.tls.engine"),
            Set.of("bowline.reactor", "bowline.reactor.buffer", "bowline.policy", "bowline.flow", "bowline.tls.jsse"),
            Set.of(
                    "bowline.reactor.carrier",
                    "bowline.reactor.threads",
                    "bowline.task",
                    "bowline.endpoint",
                    "bowline.capture"),
            Set.of(
                    "bowline.reactor.loop",
                    "bowline.device",
                    "bowline.file",
                    "bowline.haproxy",
                    "bowline.process",
                    "bowline.socks",
                    "bowline.systemd"),
            Set.of("bowline.reactor.nio", "bowline.forward", "bowline.handover", "bowline.tls"),
            Set.of("bowline.service", "bowline.tls.source"),
            Set.of(
                    "bowline.supervise",
                    "bowline.tls.endpoint",
                    "bowline.testing",
                    "bowline.simulation.fate",
                    "bowline.simulation.trace"),
            Set.of("bowline.simulation.net"),
            Set.of("bowline.simulation.child"),
            Set.of("bowline.simulation.reactor"),
            Set.of("bowline.simulation"),
            Set.of("bowline.simulation.invariant"));

    /// Who spreads points in time by plain dice, on purpose.
    private static final Set<String> JITTER = Set.of("bowline.service.RetryPolicy");

    /// Who reads the machine's clock, so that all others can be given one.
    private static final Set<String> CLOCKS = Set.of(
            "bowline.reactor.loop.SystemPlatform",
            "bowline.reactor.loop.Signals", // how long the JVM may wait before it ends: no reactor may be left
            "bowline.reactor.threads.ElasticThreadPool", // how long threads may take to end: they know no reactor
            "bowline.reactor.inspect.Conversation", // how long an asker may take, when the reactors may be stuck
            "bowline.systemd.ServiceManager", // the manager asks for its own clock's time, which no reactor counts
            "bowline.fuzz.Fuzz", // how long it is to try
            "bowline.log.DailyLogFile"); // is given its clock: LocalDate.now(clock)

    /// Programs as a person runs them, rules about classes, and the names of a trace: no peer's bytes come here.
    private static final Set<String> NO_PEERS = Set.of("bowline.junit", "bowline.junit.layout", "bowline.simulation");

    private final Rooms rooms = Rooms.in(publishedClasses());
    private final LayoutRules rules = LayoutRules.of(rooms);

    @Test
    void everyModuleIsRead() {
        assertThat(rooms.packages()).contains("bowline.bytes", "bowline.junit", "bowline.attack", "bowline.fuzz");
    }

    @Test
    void packagesFormNoCircle() {
        assertThat(rules.cycles()).isEmpty();
    }

    @Test
    void arrowsOfCorePointDown() {
        Rooms core = rooms.only(name -> !inModule(
                name, "web", "gui", "run", "junit", "slf4j", "log.bridges", "attack", "fuzz", "linux", "openssl"));

        assertThat(LayoutRules.of(core).floors(CORE_FLOORS)).isEmpty();
    }

    @Test
    void sansIoPackagesArePure() {
        assertThat(rules.impurities()).isEmpty();
    }

    @Test
    void everyPackageHasAMap() {
        assertThat(rules.unmapped()).isEmpty();
    }

    @Test
    @DisplayName("G11: ids and tokens come from SecureRandom; only jitter and test worlds roll plain dice")
    void nobodyElseRollsPlainDice() {
        Set<String> dice = Set.of("java.util.Random", "java.util.concurrent.ThreadLocalRandom");

        assertThat(rules.uses(LayoutTest::mustNotRollDice, dice::contains)).isEmpty();
    }

    @Test
    @DisplayName("G13: nothing reads serialised Java objects")
    void nobodyReadsSerialisedObjects() {
        assertThat(rules.uses(_ -> true, "java.io.ObjectInputStream"::equals)).isEmpty();
    }

    @Test
    @DisplayName("M9: no regular expression meets a peer's bytes")
    void noRegularExpressionMeetsAPeersBytes() {
        assertThat(rules.uses(
                        user -> !NO_PEERS.contains(user.packageName()), used -> used.startsWith("java.util.regex.")))
                .isEmpty();
    }

    @Test
    void timeIsGivenNotFetched() {
        assertThat(rules.calls(user -> !CLOCKS.contains(user.name()), LayoutRules::readsClock))
                .isEmpty();
    }

    @Test
    void whatAModuleProvidesIsProvidedOnTheClassPathToo() throws Exception {
        for (Path place : publishedClasses()) {
            for (ModuleReference module : ModuleFinder.of(place).findAll()) {
                for (ModuleDescriptor.Provides provided : module.descriptor().provides()) {
                    assertThat(onTheClassPath(module, provided.service()))
                            .as("META-INF/services/%s of %s", provided.service(), place)
                            .containsExactlyInAnyOrderElementsOf(provided.providers());
                }
            }
        }
    }

    private static List<String> onTheClassPath(ModuleReference module, String service) throws IOException {
        try (ModuleReader reader = module.open()) {
            return reader.read("META-INF/services/" + service)
                    .map(bytes -> StandardCharsets.UTF_8
                            .decode(bytes)
                            .toString()
                            .strip()
                            .lines()
                            .toList())
                    .orElse(List.of());
        }
    }

    private static boolean mustNotRollDice(ClassFacts user) {
        return !JITTER.contains(user.name())
                && !user.packageName().startsWith("bowline.testing")
                && !user.packageName().startsWith("bowline.simulation"); // whose dice are thrown by a seed
    }

    private static boolean inModule(String room, String... modules) {
        return Arrays.stream(modules).anyMatch(module -> (room + ".").startsWith("bowline." + module + "."));
    }

    /// The folders and jars on the class path that have our packages, but for those of tests.
    private static List<Path> publishedClasses() {
        return LayoutTest.class
                .getClassLoader()
                .resources("bowline")
                .map(LayoutTest::placeOf)
                .filter(place -> Files.isRegularFile(place) || Files.isDirectory(place.resolve("bowline")))
                .filter(place -> !isOfTests(place))
                .toList();
    }

    private static Path placeOf(URL packageRoot) {
        String text = packageRoot.toString();
        return text.startsWith("jar:")
                ? Path.of(URI.create(text.substring("jar:".length(), text.indexOf("!/"))))
                : Path.of(URI.create(text)).getParent();
    }

    private static boolean isOfTests(Path place) {
        return place.getFileName().toString().startsWith("test");
    }
}
