package bowline.process;

import java.io.IOException;

/// The process whose output was wanted was killed by a signal (PRC-19).
public final class ProcessSignalled extends IOException {
    private static final long serialVersionUID = 1;

    private final byte[] out;
    private final byte[] err;
    private final int signal;

    ProcessSignalled(byte[] out, byte[] err, int signal) {
        super("process was ended by signal " + signal + " after " + out.length + " bytes of output");
        this.out = out;
        this.err = err;
        this.signal = signal;
    }

    /// What came by standard output before. The array is the caller's.
    public byte[] out() {
        return out.clone();
    }

    /// What came by standard error before. The array is the caller's.
    public byte[] err() {
        return err.clone();
    }

    /// The signal's number.
    public int signal() {
        return signal;
    }
}
