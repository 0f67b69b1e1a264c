package bowline.reactor.watch;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/// Counters and gauges as a page of text in the format that Prometheus reads (text format 0.0.4), for a program to
/// serve where it likes. Times are in seconds, as is the custom there.
public final class MetricsPage {
    /// The media type of the page.
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final List<Metric> METRICS = List.of(
            counter("turns_total", "Turns of the loop.", ReactorStats::turns),
            counter("callbacks_total", "Calls of the program's code.", ReactorStats::callbacks),
            counter("busy_seconds_total", "Time in which the reactor worked.", stats -> seconds(stats.busy())),
            counter("asleep_seconds_total", "Time in which it waited.", stats -> seconds(stats.asleep())),
            gauge("connections_open", "Connections that are open.", ReactorStats::connectionsOpen),
            counter("connections_accepted_total", "Connections accepted.", ReactorStats::connectionsAccepted),
            counter("connections_made_total", "Connections made to others.", ReactorStats::connectionsMade),
            counter("connects_failed_total", "Attempts to connect that failed.", ReactorStats::connectsFailed),
            counter("connections_closed_total", "Connections that ended.", ReactorStats::connectionsClosed),
            counter("received_bytes_total", "Bytes read from connections.", ReactorStats::bytesReceived),
            counter("sent_bytes_total", "Bytes sent on connections.", ReactorStats::bytesSent),
            counter("datagrams_received_total", "Datagrams received.", ReactorStats::datagramsReceived),
            counter("datagrams_sent_total", "Datagrams sent.", ReactorStats::datagramsSent),
            gauge("timers_waiting", "Timed calls to come.", ReactorStats::timersWaiting),
            counter("timers_called_total", "Timed calls made.", ReactorStats::timersCalled),
            counter("calls_from_threads_total", "Calls from other threads.", ReactorStats::callsFromThreads),
            gauge("pool_unfinished", "Work given to the thread pool and not done.", ReactorStats::poolUnfinished),
            gauge("coroutines_alive", "Coroutines that have not ended.", ReactorStats::coroutinesAlive),
            counter("errors_total", "Exceptions of callbacks that nobody handled.", ReactorStats::errors),
            counter(
                    "slow_callbacks_total",
                    "Calls of the program's code over their budget, where stalls are watched.",
                    ReactorStats::slowCallbacks));

    private MetricsPage() {}

    private record Metric(String name, String type, String help, Function<ReactorStats, Number> value) {}

    private static Metric counter(String name, String help, Function<ReactorStats, Number> value) {
        return new Metric("bowline_" + name, "counter", help, value);
    }

    private static Metric gauge(String name, String help, Function<ReactorStats, Number> value) {
        return new Metric("bowline_" + name, "gauge", help, value);
    }

    /// The page of all reactors of this process that run now.
    public static String ofProcess() {
        return of(RunningReactors.all().stream().map(ReactorWatch::stats).toList());
    }

    /// The page of these reactors, each a label `reactor`.
    public static String of(Collection<ReactorStats> reactors) {
        var page = new StringBuilder();
        for (Metric metric : METRICS) {
            page.append("# HELP ").append(metric.name).append(' ').append(metric.help);
            page.append("\n# TYPE ").append(metric.name).append(' ').append(metric.type);
            for (ReactorStats stats : reactors) {
                page.append('\n').append(metric.name);
                page.append("{reactor=\"").append(stats.reactor()).append("\"} ");
                page.append(metric.value.apply(stats));
            }
            page.append('\n');
        }
        return page.toString();
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
