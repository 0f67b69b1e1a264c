package bowline.web.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.service.ServerService;
import bowline.service.Service;
import bowline.service.ServiceArguments;
import bowline.service.ServiceGroup;
import bowline.service.ServiceMaker;
import bowline.service.UsageError;
import bowline.testing.MemoryReactor;
import bowline.testing.MemoryTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bowline web`, without the command line around it.
class WebServiceMakerTest {
    @TempDir
    private Path directory;

    private final MemoryReactor reactor = new MemoryReactor();
    private final WebServiceMaker maker = new WebServiceMaker();

    private Service make(Map<String, List<String>> given) {
        var all = new HashMap<>(given);
        all.putIfAbsent("path", List.of(directory.toString()));
        return maker.makeService(ServiceArguments.of(maker.options(), all), reactor);
    }

    private String answer(String request) throws Exception {
        var protocol =
                assertNotNullThen(reactor.tcpServers().getFirst().factory().build(new MemoryTransport().peer()));
        var transport = MemoryTransport.connect(protocol, reactor);
        transport.deliver(request);
        return transport.text();
    }

    private static <T> T assertNotNullThen(T value) {
        assertNotNull(value);
        return value;
    }

    @Test
    @DisplayName("RUN-9: the service is found by its name")
    void isFound() {
        assertTrue(ServiceLoader.load(ServiceMaker.class).stream()
                .anyMatch(provider -> provider.type() == WebServiceMaker.class));
        assertEquals("web", maker.name());
    }

    @Test
    @DisplayName("only the directory must be given; nothing is opened before the start")
    void servesADirectory() throws Exception {
        Files.writeString(directory.resolve("index.html"), "hello");
        Service service = make(Map.of());
        assertEquals(List.of(), reactor.tcpServers());
        service.start();

        assertEquals(8080, reactor.tcpServers().getFirst().port());
        assertTrue(answer("GET / HTTP/1.1\r\nHost: a\r\n\r\n").endsWith("\r\n\r\nhello"));
    }

    @Test
    @DisplayName("the options are the site's")
    void passesOptionsOn() throws Exception {
        Files.writeString(directory.resolve("home.txt"), "home");
        Files.createDirectories(directory.resolve("sub"));
        Path accessLog = directory.resolve("access.log");
        Service service = make(Map.of(
                "listen", List.of("tcp:8001", "tcp:8002"),
                "index", List.of("none.html", "home.txt"),
                "list", List.of("true"),
                "access-log", List.of(accessLog.toString()),
                "max-connections-per-source", List.of("2"),
                "drain", List.of("3s")));
        service.start();

        assertEquals(2, reactor.tcpServers().size());
        assertTrue(answer("GET / HTTP/1.1\r\nHost: a\r\n\r\n").endsWith("\r\n\r\nhome"));
        assertTrue(answer("GET /sub/ HTTP/1.1\r\nHost: a\r\n\r\n").contains("Index of /sub/"));
        assertEquals(2, Files.readAllLines(accessLog).size());
        assertNull(
                reactor.tcpServers().getFirst().factory().build(new MemoryTransport().peer()), "a third of the source");
        for (Service server : ((ServiceGroup) service).children()) {
            assertEquals(Duration.ofSeconds(3), ((ServerService) server).drainTimeout());
        }
    }

    @Test
    @DisplayName("RUN-3: what cannot be used is said with what to do, before anything is opened")
    void refusesWhatCannotBeUsed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertRefused("path", directory.resolve("nowhere").toString(), "is not there");
        assertRefused("path", file.toString(), "is not a directory");
        assertRefused("index", "../secret", "not the plain name");
        assertRefused("max-connections", "0", "not a whole number from 1");
        assertRefused("max-connections-per-source", "0", "not a whole number from 1");
        assertRefused("head-timeout", "0s", "no time at all");
        assertRefused("min-rate", "fast", "not a whole number");
        assertRefused("listen", "carrier-pigeon:1", "carrier-pigeon");
        assertRefused("access-log", directory.resolve("nowhere/log").toString(), "cannot be written");
    }

    private void assertRefused(String name, String value, String complaint) {
        UsageError error = assertThrows(UsageError.class, () -> make(Map.of(name, List.of(value))), name);
        assertTrue(String.valueOf(error.getMessage()).contains(complaint), error.getMessage());
        assertFalse(error.advice().isEmpty());
    }
}
