package bowline.process;

/// How the helpers of [Processes] collect what a process writes.
///
/// @param outputMaxBytes most bytes that it may write, output and errors together; past them it is killed and
///     the Deferred fails with [OutputTooLong] (P1)
/// @param errorToo whether standard error belongs to the output; otherwise it fails it (PRC-18)
public record OutputOptions(int outputMaxBytes, boolean errorToo) {

    /// 16 MiB, and nothing by standard error.
    public static final OutputOptions DEFAULT = new OutputOptions(16 << 20, false);

    /// Checks the limit.
    public OutputOptions {
        if (outputMaxBytes < 0) {
            throw new IllegalArgumentException("outputMaxBytes " + outputMaxBytes + " is negative");
        }
    }

    /// The same with another limit.
    public OutputOptions outputMaxBytes(int bytes) {
        return new OutputOptions(bytes, errorToo);
    }

    /// The same with what comes by standard error mixed in, in the order of arrival.
    public OutputOptions withErrors() {
        return new OutputOptions(outputMaxBytes, true);
    }
}
