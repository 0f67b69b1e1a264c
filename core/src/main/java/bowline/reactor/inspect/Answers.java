package bowline.reactor.inspect;

import bowline.log.JsonWriter;
import bowline.reactor.watch.MetricsPage;
import bowline.reactor.watch.ReactorDescription;
import bowline.reactor.watch.ReactorWatch;
import bowline.reactor.watch.RunningReactors;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What this process answers to each [Question].
final class Answers {
    private final String title;
    private final long pid;
    private final Instant started;

    Answers(String title, long pid) {
        this.title = title;
        this.pid = pid;
        started = ProcessHandle.current()
                .info()
                .startInstant()
                .orElse(Instant.EPOCH)
                .truncatedTo(ChronoUnit.SECONDS);
    }

    String to(Question question) {
        return switch (question) {
            case WHO -> who() + "\n";
            case METRICS -> MetricsPage.ofProcess();
            case TEXT -> "process " + pid + ": " + who() + "\n\n" + described(ReactorDescription::toString, "\n");
            case JSON -> json();
        };
    }

    private String who() {
        int reactors = RunningReactors.all().size();
        return title + ", since " + started + ", " + reactors + (reactors == 1 ? " reactor" : " reactors");
    }

    private String json() {
        var process = new LinkedHashMap<String, Object>();
        process.put("pid", pid);
        process.put("title", title);
        process.put("started", started.toString());
        String head = JsonWriter.write(process);
        return head.substring(0, head.length() - 1) + ", \"reactors\": [" + described(ReactorDescription::json, ", ")
                + "]}\n";
    }

    /// All at once, for each that is stuck takes its time to be found so.
    private static String described(Function<ReactorDescription, String> words, String between) {
        var descriptions = new ArrayList<Future<ReactorDescription>>();
        List<ReactorWatch> watches = RunningReactors.all();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            watches.forEach(watch -> descriptions.add(threads.submit(() -> watch.describe())));
        }
        return descriptions.stream().map(Future::resultNow).map(words).collect(Collectors.joining(between));
    }

    /// How long all that may take.
    static Duration timeMax() {
        return ReactorWatch.ANSWER_TIME.multipliedBy(10);
    }
}
