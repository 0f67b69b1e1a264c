package bowline.run;

import java.util.List;

/// The program `bowline`.
public final class Main {

    private Main() {}

    /// Runs the program and ends the process with its exit code ([ExitCode]).
    public static void main(String[] args) {
        List<String> words = List.of(args);
        System.exit(new Bowline(Surroundings.ofProcess(words)).run(words));
    }
}
