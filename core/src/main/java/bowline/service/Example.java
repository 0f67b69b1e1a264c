package bowline.service;

/// A program to look at: what `bowline example NAME` runs and `bowline example` lists.
///
/// @param name the word on the command line
/// @param summary what it shows, in one line without a full stop
/// @param main the program, run to its end on the calling thread
public record Example(String name, String summary, Main main) {

    /// A program's `main`.
    @FunctionalInterface
    public interface Main {

        /// Runs the program.
        ///
        /// @param arguments the words after the name
        /// @throws UsageError if the words cannot be used
        /// @throws Exception whatever ended the program: the runner logs it and exits with 70
        void run(String... arguments) throws Exception;
    }
}
