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

/// One end of a conversation of streams: sends its own, piece by piece, then closes its direction, and takes the
/// other's meanwhile, with breaks. The end that connected says first which conversation it is.
final class Streamer extends Protocol implements HalfCloseable {
    private static final int PIECE_MAX = 600;

    private final Conversations conversations;
    final ConnectionLives.Life life;
    private final boolean near;
    private @Nullable Talk talk;
    private int pieces;
    private boolean saidAll;
    private boolean heardAll;

    /// Both directions of a conversation.
    record Talk(int number, RandomGenerator random, ByteStreamCheck up, ByteStreamCheck down) {}

    /// The near end of a conversation if `talk` is given, else the far end of one that is still to be told.
    Streamer(Conversations conversations, @Nullable Talk talk) {
        this.conversations = conversations;
        this.talk = talk;
        near = talk != null;
        life = conversations.lives.expect(talk == null ? "far end" : "near end " + talk.number);
    }

    private static ByteStreamCheck mine(Talk talk, boolean near) {
        return near ? talk.up : talk.down;
    }

    private static ByteStreamCheck theirs(Talk talk, boolean near) {
        return near ? talk.down : talk.up;
    }

    @Override
    public void connectionMade() {
        life.made();
        Talk begun = talk;
        if (begun != null) {
            say(begun, new byte[] {(byte) begun.number});
            sendSome(begun);
        }
    }

    private void say(Talk with, byte[] bytes) {
        mine(with, near).sent(bytes);
        transport().write(bytes);
    }

    private void sendSome(Talk with) {
        if (pieces == 0) {
            pieces = with.random.nextInt(2, 6);
        }
        byte[] piece = new byte[with.random.nextInt(PIECE_MAX)];
        with.random.nextBytes(piece);
        say(with, piece);
        if (--pieces > 0) {
            later(with, () -> sendSome(with));
        } else {
            mine(with, near).senderFinished();
            saidAll = true;
            transport().loseWriteConnection();
            closeIfDone();
        }
    }

    private void later(Talk with, Runnable step) {
        transport().clock().callLater(Duration.ofMillis(with.random.nextInt(200)), () -> {
            if (life.isOpen() && transport().connected()) {
                step.run();
            }
        });
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        life.heard();
        Talk with = talk;
        if (with == null) {
            with = conversations.numbered(unread.get(unread.position()));
            talk = with;
            conversations.far(this);
            sendSome(with);
        }
        theirs(with, near).received(unread);
        if (with.random.nextInt(4) == 0) {
            transport().pauseProducing();
            later(with, () -> transport().resumeProducing());
        }
    }

    @Override
    public void readConnectionLost() {
        life.heard();
        heardAll = true;
        if (talk == null) {
            transport().loseConnection(); // a connection that was given up before it said anything
        } else {
            if (conversations.endsAreTrue()) {
                theirs(talk, near).receiverSawTheEnd();
            }
            closeIfDone();
        }
    }

    @Override
    public void writeConnectionLost() {
        life.heard();
    }

    private void closeIfDone() {
        if (saidAll && heardAll) {
            transport().loseConnection();
        }
    }

    @Override
    public void connectionLost(Failure reason) {
        life.lost(reason);
        if (talk != null) {
            if (reason.check(ConnectionDone.class) == null) {
                mine(talk, near).senderFailed();
            }
            if (conversations.endsAreTrue()) {
                theirs(talk, near).receiverEnded(reason);
            }
        }
    }
}
