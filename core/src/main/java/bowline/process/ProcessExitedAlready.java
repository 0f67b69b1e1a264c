package bowline.process;

/// Thrown when a process is signalled that has ended (PRC-13).
public final class ProcessExitedAlready extends IllegalStateException {
    private static final long serialVersionUID = 1;

    ProcessExitedAlready() {
        super("the process has ended; ask pid() first when that can happen");
    }
}
