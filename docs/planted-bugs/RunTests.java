import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs the test classes that are named and prints a line for each test that fails: how many seeds it took, which test,
/// and the first words of the failure. A test that does not end in time is the last.
///
///     java -cp … RunTests.java SECONDS CLASS…
final class RunTests {
    private static final Pattern SEEDS = Pattern.compile("seeds failed: \\[.*\\], the first after (\\d+)");
    private static final int WORDS_MAX_CHARS = 110;

    private static volatile String running = "";
    private static volatile long since = System.nanoTime();

    public static void main(String[] args) {
        long limit = Long.parseLong(args[0]) * 1_000_000_000;
        Thread.ofPlatform().daemon().start(() -> watch(limit));
        var classes = List.of(args).subList(1, args.length).stream().map(DiscoverySelectors::selectClass).toList();
        LauncherFactory.create().execute(
                LauncherDiscoveryRequestBuilder.request().selectors(classes).build(), new Printer());
    }

    private static void watch(long limit) {
        while (System.nanoTime() - since < limit) {
            try {
                Thread.sleep(200);
            } catch (InterruptedException unwanted) {
                return;
            }
        }
        IO.println("-\t" + running + "\tdid not end within " + limit / 1_000_000_000 + " s");
        Runtime.getRuntime().halt(0);
    }

    private static final class Printer implements TestExecutionListener {
        @Override
        public void executionStarted(TestIdentifier test) {
            running = name(test);
            since = System.nanoTime();
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable().ifPresent(thrown -> IO.println(seeds(thrown) + "\t" + name(test) + "\t" + words(thrown)));
        }

        private static String name(TestIdentifier test) {
            String id = test.getUniqueId();
            Matcher parts = Pattern.compile("class:([\\w.]+)(?:.*?(?:method|test-template):(\\w+))?").matcher(id);
            String name = parts.find() ? parts.group(1).replaceAll(".*\\.", "") + (parts.group(2) == null ? "" : "." + parts.group(2)) : id;
            return id.contains("invocation") ? name + " " + test.getDisplayName() : name;
        }

        private static String seeds(Throwable thrown) {
            Matcher seeds = SEEDS.matcher(String.valueOf(thrown.getMessage()));
            return seeds.find() ? seeds.group(1) : "1";
        }

        private static String words(Throwable thrown) {
            String text = String.valueOf(thrown.getMessage()).replaceFirst("(?s).*?seeds failed.*?\n.*?\n", "");
            text = text.strip().replaceAll("\\s+", " ");
            return text.length() <= WORDS_MAX_CHARS ? text : text.substring(0, WORDS_MAX_CHARS) + "…";
        }
    }
}
