package bowline.web.http1;

import bowline.web.message.HttpVersion;
import bowline.web.message.RequestHead;

/// The requests that have no whole response yet, oldest first: of each only what its response depends on, one byte.
final class Outstanding {
    /// Its response has no body.
    static final int HEAD = 1;
    /// A successful response makes a tunnel.
    static final int CONNECT = 2;
    /// The client knows no chunked coding and no informational responses.
    static final int HTTP_1_0 = 4;
    /// The client wants no more on this connection.
    static final int LAST = 8;
    /// The client offers to speak another protocol.
    static final int UPGRADE = 16;

    private final byte[] flags;
    private int first;
    private int count;

    Outstanding(int most) {
        flags = new byte[most];
    }

    /// What the response to `head` depends on.
    static int flags(RequestHead head, boolean last) {
        int flags = switch (head.method()) {
            case "HEAD" -> HEAD;
            case "CONNECT" -> CONNECT;
            default -> 0;
        };
        if (head.version() == HttpVersion.HTTP_1_0) {
            flags |= HTTP_1_0;
        }
        if (flags != CONNECT && RequestRules.offersSwitch(head)) {
            flags |= UPGRADE;
        }
        return last ? flags | LAST : flags;
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count == flags.length;
    }

    int count() {
        return count;
    }

    void add(int request) {
        if (isFull()) {
            throw new IllegalStateException(
                    "there are " + count + " requests without a response, the most that pipelinedMax allows");
        }
        flags[(first + count) % flags.length] = (byte) request;
        count++;
    }

    int oldest() {
        return flags[first];
    }

    void removeOldest() {
        first = (first + 1) % flags.length;
        count--;
    }
}
