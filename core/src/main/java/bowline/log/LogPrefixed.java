package bowline.log;

/// Something that work is done for, and under whose name the log lines of that work stand (LOP-7, LOG-8).
public interface LogPrefixed {

    /// The name, as in `CmdProtocol,0,127.0.0.1`.
    String logPrefix();
}
