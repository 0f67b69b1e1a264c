package bowline.task;

/// A [CooperativeTask] was stopped before its last step (COO-5).
public final class TaskStopped extends TaskFinished {
    private static final long serialVersionUID = 1;

    TaskStopped() {
        super("the task was stopped");
    }
}
