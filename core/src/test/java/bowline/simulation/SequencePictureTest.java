package bowline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ClientCreator;
import bowline.simulation.trace.SequenceDiagram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The picture in the guide: a poem is fetched over a bad line, and its reader loses patience in the end.
///
/// `-Dbowline.picture=write` writes it anew.
class SequencePictureTest {
    private static final Path PICTURE = Path.of("../docs/images/simulation.svg");
    private static final byte[] REQUEST = "poem, please\n".getBytes(StandardCharsets.US_ASCII);
    private static final int STANZA_BYTES = 1_200;

    /// Sends a stanza each half second once it was asked.
    private static final class Poet extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            unread.position(unread.limit());
            recite();
        }

        private void recite() {
            if (transport().connected()) {
                transport().write(new byte[STANZA_BYTES]);
                transport().clock().callLater(Duration.ofMillis(500), this::recite);
            }
        }
    }

    /// Asks, and aborts when nothing has come for a second and a half.
    private static final class Reader extends Protocol {
        private int heard;

        @Override
        public void connectionMade() {
            transport().write(REQUEST);
            look(0);
        }

        private void look(int before) {
            transport().clock().callLater(Duration.ofMillis(1_500), () -> {
                if (heard > before) {
                    look(heard);
                } else {
                    transport().abortConnection();
                }
            });
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            heard += unread.remaining();
            unread.position(unread.limit());
        }

        @Override
        public void connectionLost(Failure reason) {
            heard = 0;
        }
    }

    private static String drawn() {
        try (var world = Simulation.of(7)) {
            SimulatedHost reader = world.host("reader");
            SimulatedHost poet = world.host("poet");
            world.between(reader, poet)
                    .latency(Duration.ofMillis(20), Duration.ofMillis(60))
                    .losses(0.2);
            reader.start(reactor -> new ClientCreator<>(reactor, Reader::new).connectTcp("poet", 79));
            Factory<Poet> poems = Factory.of(Poet::new);
            poems.noisy(false);
            poet.start(reactor -> reactor.listenTcp(79, poems));
            world.after(Duration.ofMillis(1_650), poet::cutOff);
            world.after(Duration.ofMillis(4_500), poet::reconnect);

            world.runFor(Duration.ofSeconds(6));
            return SequenceDiagram.svg(world.trace().events());
        }
    }

    @Test
    void isUpToDate() throws IOException {
        String picture = drawn();
        if (System.getProperty("bowline.picture", "").equals("write")) {
            Files.writeString(PICTURE, picture);
        }
        assertThat(PICTURE).as("written anew by -Dbowline.picture=write").hasContent(picture);
    }
}
