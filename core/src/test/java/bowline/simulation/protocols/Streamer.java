package bowline.simulation.protocols;

import bowline.failure.Failure;
import bowline.protocol.ConnectionDone;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.simulation.invariant.ByteStreamCheck;
import bowline.simulation.invariant.ConnectionLives;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One end of a conversation of streams: sends its own, then closes its direction, and takes the other's meanwhile,
/// with breaks. The end that connected says first which conversation it is. Now and then it does what it may not do
/// any more, such as to write after it has closed, of which nobody must hear.
final class Streamer extends Protocol implements HalfCloseable {
    private static final byte[] TOO_LATE = {13, 13, 13};

    private final Conversations conversations;
    final ConnectionLives.Life life;
    private final boolean near;
    private @Nullable Talk talk;
    private @Nullable Speaker speaker;
    private boolean resting;
    private boolean saidAll;
    private boolean heardAll;

    /// Whether an end in good order was told to it without the end of what it hears before.
    boolean endedTooWell() {
        Failure reason = life.end();
        return talk != null && !heardAll && reason != null && reason.check(ConnectionDone.class) != null;
    }

    /// Both directions of a conversation.
    record Talk(int number, RandomGenerator random, ByteStreamCheck up, ByteStreamCheck down) {}

    /// The near end of a conversation if `talk` is given, else the far end of one that is still to be told.
    Streamer(Conversations conversations, @Nullable Talk talk) {
        this.conversations = conversations;
        this.talk = talk;
        near = talk != null;
        life = conversations.lives.expect(talk == null ? "far end" : "near end " + talk.number);
    }

    ByteStreamCheck mine(Talk with) {
        return near ? with.up : with.down;
    }

    private ByteStreamCheck theirs(Talk with) {
        return near ? with.down : with.up;
    }

    // Saying

    @Override
    public void connectionMade() {
        life.made();
        if (talk != null) {
            speak(talk);
        }
    }

    private void speak(Talk with) {
        Speaker begun = Speaker.of(this, with, this::saidAll, conversations.areLarge());
        speaker = begun;
        if (near) {
            begun.say(new byte[] {(byte) with.number});
        }
        begun.begin();
    }

    private void saidAll() {
        saidAll = true;
        transport().loseWriteConnection();
        closeIfDone();
    }

    void later(Duration delay, Runnable step) {
        transport().clock().callLater(delay, () -> {
            if (life.isOpen() && transport().connected()) {
                step.run();
            }
        });
    }

    @Override
    public void writeConnectionLost() {
        life.heard();
        transport().write(TOO_LATE);
        transport().loseWriteConnection();
    }

    // Hearing

    @Override
    public void dataReceived(ByteBuffer unread) {
        life.heard();
        if (resting) {
            throw new AssertionError("bytes came although it was paused");
        }
        Talk with = talk;
        if (with == null) {
            with = conversations.numbered(unread.get(unread.position()));
            talk = with;
            conversations.far(this);
            if (with.random.nextInt(3) > 0) {
                speak(with);
            } // else it hears all before it says anything
        }
        take(with, unread);
    }

    private void take(Talk with, ByteBuffer unread) {
        switch (with.random.nextInt(8)) {
            case 0 -> {
                theirs(with).received(unread);
                rest(with);
            }
            case 1 -> {
                takePart(with, unread);
                rest(with);
            }
            case 2 -> {
                takePart(with, unread);
                transport().pauseProducing();
                transport().resumeProducing();
            }
            default -> theirs(with).received(unread);
        }
    }

    /// What it leaves must be shown again when reading goes on.
    private void takePart(Talk with, ByteBuffer unread) {
        int end = unread.limit();
        int count = with.random.nextInt(unread.remaining() / 2, unread.remaining()) + 1;
        theirs(with).received(unread.limit(unread.position() + count));
        unread.limit(end);
    }

    private void rest(Talk with) {
        resting = true;
        transport().pauseProducing();
        later(Duration.ofMillis(with.random.nextInt(200)), () -> {
            resting = false;
            transport().resumeProducing();
        });
    }

    @Override
    public void readConnectionLost() {
        life.heard();
        heardAll = true;
        if (talk == null) {
            transport().loseConnection(); // a connection that was given up before it said anything
        } else {
            if (conversations.endsAreTrue()) {
                theirs(talk).receiverSawTheEnd();
            }
            if (speaker == null) {
                speak(talk);
            }
            closeIfDone();
        }
    }

    // The end

    private void closeIfDone() {
        if (saidAll && heardAll) {
            transport().loseConnection();
            transport().loseConnection();
        }
    }

    @Override
    public void connectionLost(Failure reason) {
        life.lost(reason);
        if (speaker != null) {
            speaker.producer.check();
        }
        if (talk != null) {
            if (reason.check(ConnectionDone.class) == null) {
                mine(talk).senderFailed();
            }
            if (conversations.endsAreTrue()) {
                theirs(talk).receiverEnded(reason);
            }
        }
        doWhatIsTooLate();
    }

    private void doWhatIsTooLate() {
        transport().write(TOO_LATE);
        transport().loseWriteConnection();
        transport().loseConnection();
        transport().abortConnection();
        transport().pauseProducing();
        transport().resumeProducing();
    }
}
