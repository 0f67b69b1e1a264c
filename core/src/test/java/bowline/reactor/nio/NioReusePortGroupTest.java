package bowline.reactor.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.reactor.ReactorProvider;
import bowline.reactor.Sharing;
import bowline.reactor.SharingOptions;
import bowline.reactor.contract.GroupContract;
import bowline.reactor.contract.Guests;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.BeforeAll;

class NioReusePortGroupTest extends GroupContract {

    @BeforeAll
    static void theSystemCan() throws IOException {
        try (var channel = ServerSocketChannel.open()) {
            assumeTrue(
                    channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT),
                    "no SO_REUSEPORT on this system");
        }
    }

    @Override
    protected ReactorProvider provider() {
        return new NioProvider();
    }

    @Override
    protected SharingOptions sharing() {
        return SharingOptions.DEFAULT.sharing(Sharing.REUSE_PORT);
    }

    /// What waits at a socket that is closed is lost: the system does not give it to the others.
    @Override
    protected void judgeLosses(Guests.Counts counts) {
        assertThat(counts.served()).isGreaterThan(counts.lost());
    }
}
