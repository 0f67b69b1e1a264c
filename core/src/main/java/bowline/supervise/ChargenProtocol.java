package bowline.supervise;

import bowline.protocol.PullProducer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/// Sends lines of characters for as long as the peer takes them (RFC 864), each line begun one character later than the
/// one before. Who says that it will send no more may still read.
final class ChargenProtocol extends SmallProtocol implements PullProducer {
    private static final int LINE_LENGTH = 72;
    private static final int FIRST = ' ';
    private static final int CHARACTERS = 95;

    /// Every line there is, after which the first comes again.
    private static final byte[] LINES = lines();

    private boolean producing;

    ChargenProtocol(Duration idleTimeout) {
        super(idleTimeout);
    }

    /// The first `length` characters.
    static byte[] beginning(int length) {
        return Arrays.copyOf(LINES, length);
    }

    private static byte[] lines() {
        var all = new StringBuilder();
        for (int start = 0; start < CHARACTERS; start++) {
            for (int at = 0; at < LINE_LENGTH; at++) {
                all.append((char) (FIRST + (start + at) % CHARACTERS));
            }
            all.append("\r\n");
        }
        return all.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void connectionMade() {
        super.connectionMade();
        producing = true;
        transport().registerProducer(this);
    }

    @Override
    public void produceMore() {
        touch();
        transport().write(LINES);
    }

    @Override
    public void stopProducing() {
        producing = false;
    }

    @Override
    public void readConnectionLost() {}

    @Override
    void end() {
        if (producing) {
            producing = false;
            transport().unregisterProducer();
        }
        transport().loseConnection();
    }

    @Override
    public String logPrefix() {
        return "Chargen";
    }
}
