package bowline.examples;

import bowline.failure.Failure;

/// Makes, wraps, prints and raises Failures (seed P21).
///
///     ./bowline example failures
public final class FailureExamples {

    private FailureExamples() {}

    /// One short act each.
    public static void main(String... args) throws Exception {
        IO.println("A failure of an exception that was never thrown:");
        IO.println(Failure.of(new IllegalArgumentException("made by hand")).message());

        IO.println("A failure of one that was thrown, with its trace:");
        Failure caught = catchOne();
        caught.printTraceback(System.out);

        IO.println("As logs show it:");
        IO.println(caught);

        IO.println("Is it an ArithmeticException? " + (caught.check(ArithmeticException.class) != null));
        IO.println("Is it an IOException? " + (caught.check(java.io.IOException.class) != null));

        IO.println("Trapping what it is:");
        IO.println("trapped " + caught.trap(ArithmeticException.class).getSimpleName());

        IO.println("Trapping what it is not raises it again:");
        try {
            caught.trap(java.io.IOException.class);
        } catch (ArithmeticException again) {
            IO.println("raised again: " + again.getMessage() + ", the same object: " + (again == caught.value()));
        }
    }

    private static Failure catchOne() {
        try {
            return Failure.of(new AssertionError("divided by " + 1 / Integer.parseInt("0")));
        } catch (ArithmeticException thrown) {
            return Failure.of(thrown);
        }
    }
}
