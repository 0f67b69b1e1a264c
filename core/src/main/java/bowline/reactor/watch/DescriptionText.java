package bowline.reactor.watch;

import bowline.reactor.watch.ReactorContents.Connection;
import bowline.reactor.watch.ReactorContents.Pool;
import bowline.reactor.watch.ReactorContents.Timer;
import bowline.reactor.watch.ReactorDescription.State;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Descriptions for people: a heading for each kind of thing, a line for each thing, lines of stacks below it.
final class DescriptionText {
    private static final int UNITS_MANY = 10;

    private final StringBuilder text = new StringBuilder();

    private DescriptionText() {}

    static String of(ReactorDescription description) {
        var text = new DescriptionText();
        text.describe(description);
        return text.text.toString();
    }

    private void describe(ReactorDescription reactor) {
        line(
                0,
                "reactor " + reactor.reactor() + ": " + reactor.state() + " on " + thread(reactor) + ", made "
                        + words(reactor.age()) + " ago; " + reactor.at());
        stats(reactor.stats());
        ReactorContents contents = reactor.contents();
        if (contents != null) {
            describe(contents);
        } else if (reactor.state() == State.STUCK) {
            line(1, "It does not answer: a callback lasts. Its thread is here:");
            reactor.stack().forEach(frame -> line(2, "at " + frame));
        }
    }

    private static String thread(ReactorDescription reactor) {
        return reactor.state() == State.RUNNING || reactor.state() == State.STUCK
                ? "thread " + reactor.thread()
                : "no thread";
    }

    private void stats(ReactorStats stats) {
        line(
                1,
                "done: " + stats.turns() + " turns, " + stats.callbacks() + " callbacks, busy " + words(stats.busy())
                        + ", asleep " + words(stats.asleep()) + ", " + stats.errors() + " errors");
        line(
                1,
                "connections: " + stats.connectionsOpen() + " open, " + stats.connectionsAccepted() + " accepted, "
                        + stats.connectionsMade() + " made, " + stats.connectsFailed() + " failed to connect, "
                        + stats.connectionsClosed() + " closed; bytes: " + stats.bytesReceived() + " in, "
                        + stats.bytesSent() + " out");
    }

    private void describe(ReactorContents contents) {
        list(
                "ports",
                contents.ports(),
                port -> port.host() + " for " + port.factory() + ", " + port.accepted() + " accepted");
        list(
                "datagram ports",
                contents.datagramPorts(),
                port -> port.host() + " for " + port.protocol() + dropped(port.dropped()));
        list("connections open" + states(contents), contents.connections(), DescriptionText::connection);
        list("other channels", contents.channels(), channel -> channel);
        list("timers", contents.timers(), DescriptionText::timer, Timer::creator);
        pool(contents.pool());
        list("coroutines", contents.coroutines(), ReactorContents.Coroutine::what, ReactorContents.Coroutine::at);
        deferreds(contents);
        list("system event triggers", contents.triggers(), trigger -> trigger);
        contents.parts().forEach((name, things) -> list(name, things, thing -> thing));
    }

    private static String dropped(long datagrams) {
        return datagrams == 0 ? "" : ", " + datagrams + " datagrams dropped that the system did not take";
    }

    private static String states(ReactorContents contents) {
        return contents.connectionStates().isEmpty()
                ? ""
                : contents.connectionStates().entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String connection(Connection connection) {
        var text = new StringBuilder("#" + connection.number() + " " + connection.protocol());
        text.append(connection.client() ? " to " : " from ").append(connection.peer());
        text.append(" at ").append(connection.host());
        text.append(": ").append(connection.state()).append(", ").append(words(connection.age()));
        text.append(" old, ").append(connection.received()).append(" bytes in, ");
        text.append(connection.sent()).append(" out");
        if (connection.unsent() > 0) {
            text.append(", ").append(connection.unsent()).append(" wait to be sent");
        }
        if (connection.blocked()) {
            text.append(", the peer does not read");
        }
        if (connection.unread() > 0) {
            text.append(", ").append(connection.unread()).append(" left unread");
        }
        if (connection.producer() != null) {
            text.append(", producer ").append(connection.producer());
            text.append(connection.producerPaused() ? " paused" : "");
        }
        return text.toString();
    }

    private static String timer(Timer timer) {
        return "#" + timer.number() + " "
                + (timer.dueIn().isNegative()
                        ? "late by " + words(timer.dueIn().negated())
                        : "in " + words(timer.dueIn()))
                + ": " + timer.what();
    }

    private void pool(Pool pool) {
        line(
                1,
                "thread pool: " + pool.threads() + " of at most " + pool.max() + " threads, " + pool.working()
                        + " at work, " + pool.queued() + " pieces of work wait");
    }

    private void deferreds(ReactorContents contents) {
        if (contents.deferredsKnown() || contents.deferreds().all() > 0) {
            list(
                    "Deferreds that have not fired",
                    contents.deferreds(),
                    ReactorContents.PendingDeferred::what,
                    ReactorContents.PendingDeferred::creator);
        } else {
            line(1, "Deferreds that have not fired: not known; run with -Dbowline.debug to have them remembered");
        }
    }

    // Lists

    private <T> void list(String heading, Listed<T> things, Function<T, String> line) {
        list(heading, things, line, _ -> List.of());
    }

    private <T> void list(
            String heading, Listed<T> things, Function<T, String> line, Function<T, List<String>> places) {
        if (things.all() == 0) {
            return;
        }
        line(1, heading + ": " + things.all());
        for (T thing : things.shown()) {
            line(2, line.apply(thing));
            places.apply(thing).forEach(place -> line(3, "at " + place));
        }
        if (things.more() > 0) {
            line(2, "and " + things.more() + " more");
        }
    }

    private void line(int depth, String line) {
        text.repeat("  ", depth).append(line).append('\n');
    }

    /// A time in its greatest unit, with the next one or a digit when that is few.
    static String words(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        if (time.toMinutes() > 0) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        if (time.toSeconds() >= UNITS_MANY) {
            return time.toSeconds() + " s";
        }
        return time.toSeconds() > 0
                ? time.toSeconds() + "." + time.toMillisPart() / 100 + " s"
                : time.toMillis() + " ms";
    }
}
