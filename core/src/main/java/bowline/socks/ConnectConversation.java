package bowline.socks;

import bowline.bytes.Ascii;
import bowline.bytes.ByteSink;
import bowline.socks.message.ConnectMachine;
import java.nio.ByteBuffer;

/// Asks an HTTP proxy to connect.
final class ConnectConversation implements ProxyConversation {
    private static final int SHOWN = 80;

    private final ConnectMachine machine = new ConnectMachine();
    private final ConnectMachine.Request request;

    ConnectConversation(ConnectMachine.Request request) {
        this.request = request;
    }

    @Override
    public void begin(ByteSink sink) {
        machine.send(request, sink);
    }

    @Override
    public boolean advance(ByteBuffer unread, ByteSink sink) throws ProxyError {
        if (!(machine.next(unread) instanceof ConnectMachine.Answer answer)) {
            return false;
        }
        if (!answer.granted()) {
            throw new ProxyError(
                    "refused: status " + answer.status() + " " + Ascii.quote(answer.reason(), SHOWN),
                    answer.status(),
                    null);
        }
        return true;
    }
}
