package bowline.linux.uring;

import bowline.linux.socket.SocketConnection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Whose bytes were posted in the ring, by which entries, in order. Each is in it once.
final class Senders {
    /// So many sends are handed to the kernel before more are posted: that bounds the memory that they hold.
    private static final int MANY = 64;

    private final Ring ring;
    private @Nullable SocketConnection[] senders = new SocketConnection[MANY];
    private int[] entries = new int[MANY];
    private int count;

    Senders(Ring ring) {
        this.ring = ring;
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean areMany() {
        return count >= MANY;
    }

    /// The ring's newest entry is of this one.
    void add(SocketConnection sender) {
        if (count == senders.length) {
            senders = Arrays.copyOf(senders, 2 * count);
            entries = Arrays.copyOf(entries, 2 * count);
        }
        senders[count] = sender;
        entries[count++] = ring.newest();
    }

    /// It was told otherwise, and may post again.
    void remove(SocketConnection sender) {
        for (int i = 0; i < count; i++) {
            if (sender.equals(senders[i])) {
                senders[i] = null;
            }
        }
    }

    /// Tells those whose entries the kernel has taken that everything is sent.
    ///
    /// @return whether that was all
    boolean tellThoseTaken() {
        int told = 0;
        while (told < count && ring.hasTaken(entries[told])) {
            SocketConnection sender = senders[told];
            senders[told++] = null;
            if (sender != null) {
                sender.sentAll();
            }
        }
        count -= told;
        System.arraycopy(senders, told, senders, 0, count);
        System.arraycopy(entries, told, entries, 0, count);
        return count == 0;
    }
}
