package bowline.conformance;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/// What became of the tests of one class that are written for TestNG, each by its name.
///
/// @param failures name and stack trace of each test, or set-up of one, that failed
record TestNgRun(List<String> passed, List<String> skipped, List<String> failures) {

    /// Runs the tests of `tests`, which has a constructor without parameters.
    static TestNgRun of(Class<?> tests) {
        var results = new TestListenerAdapter();
        var runner = new TestNG(false);
        runner.setVerbose(0);
        runner.setTestClasses(new Class<?>[] {tests});
        runner.addListener(results);
        runner.run();
        return new TestNgRun(
                names(results.getPassedTests()),
                names(results.getSkippedTests()),
                Stream.concat(results.getFailedTests().stream(), results.getConfigurationFailures().stream())
                        .map(TestNgRun::nameAndTrace)
                        .toList());
    }

    private static List<String> names(List<ITestResult> results) {
        return results.stream().map(ITestResult::getName).toList();
    }

    private static String nameAndTrace(ITestResult result) {
        var text = new StringWriter();
        result.getThrowable().printStackTrace(new PrintWriter(text));
        return result.getName() + ": " + text;
    }
}
