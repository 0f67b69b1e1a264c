package bowline.simulation.protocols;

import bowline.failure.Failure;
import bowline.protocol.ConnectionDone;
import bowline.simulation.Simulation;
import bowline.simulation.invariant.AnswerCheck;
import bowline.simulation.invariant.ConnectionLives;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Asks messages one after the other without waiting, and hangs up when all are answered.
final class Questioner implements Messenger.Hearer {
    private static final int LENGTH_MAX = 200;

    final AnswerCheck answers;
    final ConnectionLives.Life life;
    private final RandomGenerator random;
    private final int count;
    private final boolean hangUpAtOnce;
    private int asked;

    /// @param hangUpAtOnce whether it listens to no answer: for those who give none
    Questioner(Simulation world, ConnectionLives lives, String name, int count, boolean hangUpAtOnce) {
        random = world.random(name);
        answers = new AnswerCheck(name);
        life = lives.expect(name);
        this.count = count;
        this.hangUpAtOnce = hangUpAtOnce;
    }

    /// What a server answers.
    static String answerTo(String question) {
        return new StringBuilder(question).reverse().toString();
    }

    /// Letters, and what matters to one framing or the other.
    static String question(RandomGenerator random, int number) {
        int length = random.nextInt(LENGTH_MAX);
        var text = new StringBuilder().append(number).append(':');
        for (int i = 0; i < length; i++) {
            text.append("abcdef0123456789,: \0ÿ".charAt(random.nextInt(21)));
        }
        return text.append('.').toString();
    }

    @Override
    public void made(Messenger messenger) {
        life.made();
        askSome(messenger);
    }

    /// Some at once, the others when it has thought.
    private void askSome(Messenger messenger) {
        int now = Math.min(count - asked, random.nextInt(1, 6));
        for (int i = 0; i < now; i++) {
            String question = question(random, asked++);
            answers.asked(answerTo(question));
            messenger.send(question);
        }
        if (asked < count) {
            messenger.protocol().transport().clock().callLater(Duration.ofMillis(random.nextInt(300)), () -> {
                if (life.isOpen()) {
                    askSome(messenger);
                }
            });
        } else if (hangUpAtOnce) {
            messenger.protocol().transport().loseConnection();
        }
    }

    @Override
    public void message(Messenger from, String message) {
        life.heard();
        answers.answered(message);
        if (answers.answered() == count) {
            from.protocol().transport().loseConnection();
        }
    }

    @Override
    public void lost(Messenger messenger, Failure reason) {
        life.lost(reason);
    }

    /// Whether everything was asked and answered, and the connection ended in good order.
    boolean contented() {
        Failure end = life.end();
        return asked == count && answers.open() == 0 && end != null && end.check(ConnectionDone.class) != null;
    }
}
