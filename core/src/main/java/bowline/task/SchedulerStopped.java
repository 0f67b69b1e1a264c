package bowline.task;

/// The [Cooperator] of a task was stopped, and the task with it (COO-5).
public final class SchedulerStopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    SchedulerStopped() {
        super("the cooperator was stopped", null, true, false);
    }
}
