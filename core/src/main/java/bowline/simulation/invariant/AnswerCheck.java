package bowline.simulation.invariant;

import java.util.ArrayDeque;
import java.util.Deque;

/// Questions on one connection: each is answered once, and in order. For the simulation's thread.
public final class AnswerCheck {
    private final String name;
    private final Deque<String> open = new ArrayDeque<>();
    private int answered;

    /// @param name what to call it in error messages
    public AnswerCheck(String name) {
        this.name = name;
    }

    /// Something was asked, and this is the answer to come; told before it is sent.
    public void asked(String answerToCome) {
        open.addLast(answerToCome);
    }

    /// An answer came.
    ///
    /// @throws AssertionError if it is not the one to the oldest question without
    public void answered(String answer) {
        String wanted = open.pollFirst();
        if (wanted == null) {
            throw new AssertionError(name + ": an answer that nobody asked for: " + answer);
        }
        if (!wanted.equals(answer)) {
            throw new AssertionError(name + ": answer " + answered + " is \"" + answer + "\", not \"" + wanted + "\"");
        }
        answered++;
    }

    /// How many questions have no answer yet.
    public int open() {
        return open.size();
    }

    /// How many have one.
    public int answered() {
        return answered;
    }

    @Override
    public String toString() {
        return name + ": " + answered + " answered, " + open.size() + " not";
    }
}
