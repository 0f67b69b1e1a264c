package bowline.task;

/// A [CooperativeTask] is over: it cannot be paused or stopped any more (COO-4). Which end it had, the kinds say.
public sealed class TaskFinished extends IllegalStateException permits TaskDone, TaskFailed, TaskStopped {
    private static final long serialVersionUID = 1;

    TaskFinished(String message) {
        super(message);
    }
}
