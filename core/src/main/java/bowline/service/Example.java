package bowline.service;

import java.util.List;

/// A program to look at: what `bowline example NAME` runs and `bowline example` lists. Found by `ServiceLoader`, as
/// a [ServiceMaker] is; its constructor must do nothing.
public interface Example {

    /// The word on the command line.
    String name();

    /// What it shows, in one line without a full stop.
    String summary();

    /// Runs the program to its end, on the calling thread.
    ///
    /// @param arguments the words after the name
    /// @throws UsageError if the words cannot be used
    /// @throws Exception whatever ended the program: the runner logs it and exits with 70
    void run(List<String> arguments) throws Exception;
}
