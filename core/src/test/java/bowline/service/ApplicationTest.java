package bowline.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.Deferred;
import bowline.endpoint.Echoes;
import bowline.endpoint.FakeReactor;
import bowline.protocol.CannotListenError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// SVC-5: the root of a program's services.
class ApplicationTest {
    private final FakeReactor fake = new FakeReactor();
    private final Application app = new Application("poetry");
    private final List<String> seen = new ArrayList<>();

    @Test
    @DisplayName("SVC-5: the privileged phase of all comes before the start of any")
    void startsInTwoPhases() {
        app.add(new Probe("a", seen)).add(new Probe("b", seen));
        app.startOn(fake.reactor);

        assertEquals(List.of("a privileged", "b privileged", "a start", "b start"), seen);
        assertEquals("poetry", app.name());
    }

    @Test
    @DisplayName("SVC-5: it stops before the reactor shuts down, which waits for it")
    void stopsBeforeShutdown() throws Exception {
        var service = new Probe("a", seen);
        app.add(service);
        app.startOn(fake.reactor);
        seen.clear();
        Deferred<?> end = fake.beforeShutdown.getFirst().call();

        assertEquals(List.of("a stop"), seen);
        assertFalse(end.hasResult());
        service.end.callback(null);
        assertTrue(end.hasResult());
        assertFalse(app.running());
    }

    @Test
    void whatAServiceThrowsComesOutAfterTheOthersWereStopped() {
        fake.taken.add(8);
        app.add(ServerService.of(fake.reactor, "tcp:7", new Echoes()))
                .add(ServerService.of(fake.reactor, "tcp:8", new Echoes()));

        assertThrows(CannotListenError.class, () -> app.startOn(fake.reactor));
        assertTrue(fake.ports.getFirst().stopping);
        assertTrue(fake.beforeShutdown.isEmpty());
    }

    @Test
    @DisplayName("SVC-5: changing the user says that it cannot, and what to do")
    void cannotChangeTheUser() {
        app.runAs(System.getProperty("user.name"));
        var error = assertThrows(UnsupportedOperationException.class, () -> app.runAs("no-such-user"));

        assertTrue(error.getMessage().contains("systemd: User="), error.getMessage());
    }
}
