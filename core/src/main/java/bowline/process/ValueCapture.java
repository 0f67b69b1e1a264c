package bowline.process;

import bowline.failure.Failure;

/// For [Processes#value]: the exit code.
final class ValueCapture extends Capture<Integer> {

    ValueCapture() {
        super(OutputOptions.DEFAULT);
    }

    @Override
    void ended(Failure reason) {
        switch (reason.value()) {
            case ProcessDone _ -> result().callback(0);
            case ProcessTerminated ended when ended.exitCode() != null -> result().callback(ended.status());
            default -> result().errback(reason);
        }
    }
}
