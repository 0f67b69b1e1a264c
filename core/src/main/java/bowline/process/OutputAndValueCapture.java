package bowline.process;

import bowline.failure.Failure;

/// For [Processes#outputAndValue]: all there is.
final class OutputAndValueCapture extends Capture<ProcessOutput> {

    OutputAndValueCapture(OutputOptions options) {
        super(options);
    }

    @Override
    void ended(Failure reason) {
        byte[] out = out().takeAll();
        byte[] err = err().takeAll();
        if (reason.value() instanceof ProcessTerminated ended) {
            Integer signal = ended.signal();
            if (signal != null) {
                result().errback(new ProcessSignalled(out, err, signal));
                return;
            }
            result().callback(new ProcessOutput(out, err, ended.status()));
            return;
        }
        result().callback(new ProcessOutput(out, err, 0));
    }
}
