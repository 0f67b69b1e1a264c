package bowline.simulation.protocols;

import bowline.failure.Failure;
import bowline.protocol.Protocol;
import bowline.simulation.Simulation;
import bowline.simulation.invariant.AnswerCheck;
import bowline.simulation.invariant.ConnectionLives;
import bowline.simulation.protocols.Messenger.Framing;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Questions that all must be answered, over as many connections as it takes: each connection asks again what the
/// ones before it were not answered.
final class Job {
    /// How long one answer may take before the connection is given up.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Deque<String> without = new ArrayDeque<>();
    private final ConnectionLives lives;
    private final Runnable connected;
    private final Runnable finished;
    private int connections;

    /// @param connected called whenever there is a connection
    /// @param finished called when all is answered
    Job(Simulation world, ConnectionLives lives, int questions, Runnable connected, Runnable finished) {
        this.lives = lives;
        this.connected = connected;
        this.finished = finished;
        for (int i = 0; i < questions; i++) {
            without.add(Questioner.question(world.random("question " + i), i));
        }
    }

    boolean isDone() {
        return without.isEmpty();
    }

    int connections() {
        return connections;
    }

    /// The protocol of a next connection.
    Protocol next() {
        return Framing.LINES.with(new Asking("connection " + connections++)).protocol();
    }

    /// One connection.
    private final class Asking implements Messenger.Hearer {
        private final AnswerCheck answers;
        private final ConnectionLives.Life life;
        private @Nullable DelayedCall patience;

        Asking(String name) {
            answers = new AnswerCheck(name);
            life = lives.expect(name);
        }

        @Override
        public void made(Messenger messenger) {
            life.made();
            connected.run();
            for (String question : without) {
                answers.asked(Questioner.answerTo(question));
                messenger.send(question);
            }
            wait(messenger);
        }

        private void wait(Messenger messenger) {
            if (patience == null) {
                patience = messenger
                        .protocol()
                        .transport()
                        .clock()
                        .callLater(
                                PATIENCE, () -> messenger.protocol().transport().abortConnection());
            } else {
                patience.reset(PATIENCE);
            }
        }

        @Override
        public void message(Messenger from, String message) {
            life.heard();
            answers.answered(message);
            without.removeFirst();
            wait(from);
            if (without.isEmpty()) {
                finished.run();
                from.protocol().transport().loseConnection();
            }
        }

        @Override
        public void lost(Messenger messenger, Failure reason) {
            life.lost(reason);
            if (patience != null) {
                patience.cancelIfActive();
            }
        }
    }
}
