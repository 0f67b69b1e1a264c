package bowline.endpoint;

import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Makes protocols that echo, and keeps count.
public class Echoes extends Factory<Echoes.Echo> {
    public int started;
    public int stopped;
    public @Nullable Exception thrownByBuild;
    public boolean refusing;

    @Override
    public @Nullable Echo buildProtocol(Address peer) throws Exception {
        if (thrownByBuild != null) {
            throw thrownByBuild;
        }
        return refusing ? null : new Echo();
    }

    @Override
    public void startFactory() {
        started++;
    }

    @Override
    public void stopFactory() {
        stopped++;
    }

    public static class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }
}
