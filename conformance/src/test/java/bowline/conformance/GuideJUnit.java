package bowline.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// Runs a JUnit test of the guide, as a build would.
final class GuideJUnit {

    private GuideJUnit() {}

    /// All its tests pass, and there are some.
    static void run(GuideFile file) throws Exception {
        URL[] classes = {file.chapter().classes().toUri().toURL()};
        try (var loader = new URLClassLoader(classes, GuideJUnit.class.getClassLoader())) {
            var listener = new SummaryGeneratingListener();
            var request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(loader.loadClass(file.className())))
                    .build();
            LauncherFactory.create().execute(request, listener);
            var summary = listener.getSummary();
            List<Throwable> failures = summary.getFailures().stream()
                    .map(failure -> failure.getException())
                    .toList();
            assertEquals(List.of(), failures, file.toString());
            assertTrue(summary.getTestsSucceededCount() > 0, file + ": no test ran");
        }
    }
}
