package bowline.simulation;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Protocol;
import bowline.reactor.ClientCreator;
import bowline.reactor.ConnectOptions;
import bowline.reactor.Reactor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Protocols for the tests of the simulation.
final class Talk {

    private Talk() {}

    /// Sends back what it gets.
    static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }

    /// Notes what it hears.
    static class Listener extends Protocol {
        final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        final Deferred<Throwable> ended = new Deferred<>();
        int ends;

        @Override
        public void dataReceived(ByteBuffer unread) {
            while (unread.hasRemaining()) {
                heard.write(unread.get());
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            ends++;
            ended.callback(reason.value());
        }

        String text() {
            return heard.toString(StandardCharsets.US_ASCII);
        }

        void say(String text) {
            transport().write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /// Sends a question, and answers with what comes back until it is as long.
    static final class Ask extends Protocol {
        private final byte[] question;
        private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
        final Deferred<byte[]> answered = new Deferred<>();

        Ask(byte[] question) {
            this.question = question;
        }

        @Override
        public void connectionMade() {
            transport().write(question);
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            while (unread.hasRemaining()) {
                answer.write(unread.get());
            }
            if (answer.size() == question.length) {
                transport().loseConnection();
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            if (answer.size() == question.length) {
                answered.callback(answer.toByteArray());
            } else {
                answered.errback(reason);
            }
        }
    }

    static Deferred<byte[]> ask(Reactor reactor, String host, int port, byte[] question) {
        return new ClientCreator<>(reactor, () -> new Ask(question))
                .connectTcp(host, port)
                .addCallbackDeferring(ask -> ask.answered);
    }

    /// A connection that listens.
    static Deferred<Listener> listen(Reactor reactor, String host, int port) {
        return new ClientCreator<>(reactor, Listener::new).connectTcp(host, port);
    }

    /// The same, with more patience than TCP has.
    static Deferred<Listener> listenPatiently(Reactor reactor, String host, int port) {
        return new ClientCreator<>(reactor, Listener::new)
                .connectTcp(host, port, ConnectOptions.DEFAULT.timeout(Duration.ofMinutes(10)));
    }

    /// The last one that was built.
    static final class Last {
        @Nullable
        Listener listener;

        Listener make() {
            listener = new Listener();
            return listener;
        }
    }
}
