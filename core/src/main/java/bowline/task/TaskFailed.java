package bowline.task;

import org.jspecify.annotations.Nullable;

/// A step of a [CooperativeTask] failed (COO-4). Its cause is what the step threw.
public final class TaskFailed extends TaskFinished {
    private static final long serialVersionUID = 1;

    TaskFailed(@Nullable Throwable cause) {
        super("a step of the task failed");
        initCause(cause);
    }
}
