package bowline.process;

import java.nio.charset.StandardCharsets;

/// What a process wrote and how it ended (PRC-19).
public final class ProcessOutput {
    private final byte[] out;
    private final byte[] err;
    private final int exitCode;

    ProcessOutput(byte[] out, byte[] err, int exitCode) {
        this.out = out;
        this.err = err;
        this.exitCode = exitCode;
    }

    /// What came by standard output. The array is the caller's.
    public byte[] out() {
        return out.clone();
    }

    /// What came by standard error. The array is the caller's.
    public byte[] err() {
        return err.clone();
    }

    /// Standard output as UTF-8; what is none becomes U+FFFD.
    public String outText() {
        return new String(out, StandardCharsets.UTF_8);
    }

    /// Standard error as UTF-8; what is none becomes U+FFFD.
    public String errText() {
        return new String(err, StandardCharsets.UTF_8);
    }

    /// The exit code.
    public int exitCode() {
        return exitCode;
    }

    @Override
    public String toString() {
        return "exit code " + exitCode + ", " + out.length + " bytes out, " + err.length + " bytes err";
    }
}
