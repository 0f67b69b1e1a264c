package bowline.simulation.protocols;

import bowline.failure.Failure;
import bowline.simulation.Simulation;
import bowline.simulation.invariant.ConnectionLives;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Answers each message, or only listens; now and then it will not be spoken to for a while.
final class Respondent implements Messenger.Hearer {
    final List<String> heard = new ArrayList<>();
    final ConnectionLives.Life life;
    private final RandomGenerator random;
    private final boolean answers;
    private boolean resting;

    Respondent(Simulation world, ConnectionLives lives, String name, boolean answers) {
        random = world.random(name);
        life = lives.expect(name);
        this.answers = answers;
    }

    @Override
    public void made(Messenger messenger) {
        life.made();
    }

    @Override
    public void message(Messenger from, String message) {
        life.heard();
        if (resting) {
            throw new AssertionError("a message although it was paused: " + message);
        }
        heard.add(message);
        if (answers) {
            from.send(Questioner.answerTo(message));
        }
        switch (random.nextInt(8)) {
            case 0, 1 -> rest(from);
            case 2 -> {
                from.pause(true);
                from.pause(false);
            }
            default -> {}
        }
    }

    private void rest(Messenger messenger) {
        resting = true;
        messenger.pause(true);
        messenger.protocol().transport().clock().callLater(Duration.ofMillis(random.nextInt(200)), () -> {
            resting = false;
            if (life.isOpen()) {
                messenger.pause(false);
            }
        });
    }

    @Override
    public void lost(Messenger messenger, Failure reason) {
        life.lost(reason);
    }
}
