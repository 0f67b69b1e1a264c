package bowline.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.Deferred;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Section 34: services and groups of them.
class ServiceGroupTest {
    private final List<String> seen = new ArrayList<>();
    private final ServiceGroup group = new ServiceGroup();

    @Test
    @DisplayName("SVC-1: the name can be set until there is a parent")
    void namesBeforeParents() {
        Probe service = new Probe("a", seen);
        service.name("b");
        group.add(service);

        assertThrows(IllegalStateException.class, () -> service.name("c"));
        service.disown();
        service.name("c");
        assertEquals("c", service.name());
    }

    @Test
    @DisplayName("SVC-2: setting the parent leaves the old one first")
    void movesBetweenGroups() {
        Probe service = new Probe("a", seen);
        ServiceGroup other = new ServiceGroup();
        group.add(service);
        service.parent(other);

        assertEquals(List.of(), group.children());
        assertSame(other, service.parent());
    }

    @Test
    @DisplayName("SVC-2: disowning a running service answers with the end of its stop")
    void disownStops() {
        Probe service = new Probe("a", seen);
        group.add(service);
        group.start();
        Deferred<@Nullable Void> end = service.disown();

        assertNull(service.parent());
        assertFalse(end.called());
        service.end.callback(null);
        assertTrue(end.hasResult());
        assertEquals(List.of("a start", "a stop"), seen);
    }

    @Test
    @DisplayName("SVC-3: starts in order, stops in reverse, all at once, and waits for all")
    void startsInOrderStopsInReverse() {
        Probe first = new Probe("a", seen);
        Probe second = new Probe("b", seen);
        group.add(first).add(second);
        group.privilegedStart();
        group.start();
        Deferred<@Nullable Void> end = group.stop();

        assertEquals(List.of("a privileged", "b privileged", "a start", "b start", "b stop", "a stop"), seen);
        first.end.callback(null);
        assertFalse(end.hasResult());
        second.end.callback(null);
        assertTrue(end.hasResult());
    }

    @Test
    @DisplayName("SVC-3: a child that fails to stop does not fail the group")
    void aFailedStopIsNoFailureOfTheGroup() {
        Probe first = new Probe("a", seen);
        Probe second = new Probe("b", seen);
        group.add(first).add(second);
        group.start();
        Deferred<@Nullable Void> end = group.stop();
        second.end.errback(new IllegalStateException("stuck"));
        first.end.callback(null);

        assertNull(end.result());
    }

    @Test
    @DisplayName("SVC-3: names are unique, and an unknown name is an error")
    void namesAreUnique() {
        Probe service = new Probe("a", seen);
        group.add(service);
        Probe twin = new Probe("a", seen);

        assertThrows(IllegalStateException.class, () -> group.add(twin));
        assertNull(twin.parent());
        assertSame(service, group.named("a"));
        assertThrows(NoSuchElementException.class, () -> group.named("b"));
        group.add(new Probe(null, seen)).add(new Probe(null, seen));
        assertEquals(3, group.children().size());
    }

    @Test
    @DisplayName("SVC-4: adding to a running group starts, both phases")
    void addingToARunningGroupStarts() {
        group.start();
        group.add(new Probe("a", seen));

        assertEquals(List.of("a privileged", "a start"), seen);
    }

    @Test
    @DisplayName("draining a group drains each child, the last first")
    void drainsEach() {
        group.add(new Probe("a", seen)).add(new Probe("b", seen));
        group.start();
        seen.clear();
        group.drain(Duration.ofSeconds(5));

        assertEquals(List.of("b drain PT5S", "a drain PT5S"), seen);
        assertFalse(group.running());
    }
}
