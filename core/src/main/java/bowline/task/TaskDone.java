package bowline.task;

/// A [CooperativeTask] has taken its last step (COO-4).
public final class TaskDone extends TaskFinished {
    private static final long serialVersionUID = 1;

    TaskDone() {
        super("the task has taken its last step");
    }
}
