package bowline.time;

/// Something to do, which may fail with any exception: what timers, triggers and threads are given.
@FunctionalInterface
public interface Action {

    /// Does it.
    ///
    /// @throws Exception whatever went wrong; who called reports it (REA-10)
    void run() throws Exception;
}
