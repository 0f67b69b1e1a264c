package bowline.web.simulation;

import bowline.failure.Failure;
import bowline.protocol.Protocol;
import bowline.simulation.invariant.AnswerCheck;
import bowline.simulation.invariant.ConnectionLives;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Sends requests without waiting for responses, and reads these as simply as can be.
final class RawClient extends Protocol {
    private static final String LENGTH = "Content-Length: ";

    final AnswerCheck answers = new AnswerCheck("pipelined");
    final ConnectionLives.Life life;
    private final RandomGenerator random;
    private final StringBuilder requests = new StringBuilder();
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();

    /// @param random when it takes breaks
    RawClient(ConnectionLives lives, RandomGenerator random) {
        this.random = random;
        life = lives.expect("client");
    }

    /// Asks for `path`; `answer` is what [#text] makes of the response.
    void ask(String path, String answer, boolean last) {
        answers.asked(answer);
        requests.append("GET ").append(path).append(" HTTP/1.1\r\nHost: server\r\n");
        requests.append(last ? "Connection: close\r\n\r\n" : "\r\n");
    }

    /// A response in few words; an error's page is not looked at.
    static String text(int status, byte[] body) {
        return status == 200 ? "200 " + new String(body, StandardCharsets.ISO_8859_1) : String.valueOf(status);
    }

    @Override
    public void connectionMade() {
        life.made();
        transport().write(requests.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void dataReceived(ByteBuffer bytes) {
        life.heard();
        while (bytes.hasRemaining()) {
            unread.write(bytes.get());
        }
        takeResponses();
        if (random.nextInt(4) == 0) {
            rest();
        }
    }

    private void rest() {
        transport().pauseProducing();
        transport().clock().callLater(Duration.ofMillis(random.nextInt(300)), () -> {
            if (life.isOpen()) {
                transport().resumeProducing();
            }
        });
    }

    private void takeResponses() {
        String text = unread.toString(StandardCharsets.ISO_8859_1);
        int begin = 0;
        while (true) {
            int bodyAt = text.indexOf("\r\n\r\n", begin) + 4;
            if (bodyAt < 4) {
                break;
            }
            int lengthAt = text.indexOf(LENGTH, begin) + LENGTH.length();
            int end = bodyAt + Integer.parseInt(text.substring(lengthAt, text.indexOf('\r', lengthAt)));
            if (end > text.length()) {
                break;
            }
            int status = Integer.parseInt(text.substring(begin + 9, begin + 12));
            answers.answered(text(status, text.substring(bodyAt, end).getBytes(StandardCharsets.ISO_8859_1)));
            begin = end;
        }
        if (begin > 0) {
            unread.reset();
            unread.writeBytes(text.substring(begin).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /// Whether there is half a response.
    boolean hasRest() {
        return unread.size() > 0;
    }

    @Override
    public void connectionLost(Failure reason) {
        life.lost(reason);
    }
}
