package bowline.socks.message;

import bowline.bytes.ByteSink;
import bowline.machine.Machine;
import bowline.machine.PeerViolation;
import bowline.socks.message.SocksMessage.Command;
import bowline.socks.message.SocksMessage.Greeting;
import bowline.socks.message.SocksMessage.Login;
import bowline.socks.message.SocksMessage.LoginAnswer;
import bowline.socks.message.SocksMessage.Method;
import bowline.socks.message.SocksMessage.MethodChoice;
import bowline.socks.message.SocksMessage.Reply;
import bowline.socks.message.SocksMessage.Request;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The client's side of SOCKS 4, 4a and 5 (SOC-2, RFC 1928, RFC 1929). Pure: no socket, clock or thread.
///
///     5: GREETING ─▶ METHOD ─▶ (LOGIN ─▶ LOGIN_ANSWER) ─▶ REQUEST ─▶ REPLY ─▶ (BIND: SECOND_REPLY) ─▶ DONE
///     4:                                                  REQUEST ─▶ REPLY …
///
/// In GREETING, LOGIN and REQUEST it is the client's turn, and what comes then is left unread. When it is DONE what
/// comes is the program's.
public final class SocksClientMachine implements Machine<SocksMessage> {

    private enum Phase {
        GREETING,
        METHOD,
        LOGIN,
        LOGIN_ANSWER,
        REQUEST,
        REPLY,
        SECOND_REPLY,
        DONE
    }

    private final int version;
    private Phase phase;
    private List<Integer> offered = List.of();
    private boolean binding;

    /// @param version 4 or 5
    public SocksClientMachine(int version) {
        this.version = version;
        phase = switch (version) {
            case SocksMessage.VERSION_4 -> Phase.REQUEST;
            case SocksMessage.VERSION_5 -> Phase.GREETING;
            default -> throw new IllegalArgumentException("there is no SOCKS " + version + ", only 4 and 5");
        };
    }

    /// The server's next message; null when it is not all there, or when it is the client's turn.
    ///
    /// @throws PeerViolation if these bytes are not SOCKS
    @Override
    public @Nullable SocksMessage next(ByteBuffer unread) {
        if (!unread.hasRemaining()) {
            return null;
        }
        return switch (phase) {
            case METHOD -> method(unread);
            case LOGIN_ANSWER -> loginAnswer(unread);
            case REPLY, SECOND_REPLY -> reply(unread);
            case GREETING, LOGIN, REQUEST, DONE -> null;
        };
    }

    private @Nullable SocksMessage method(ByteBuffer unread) {
        int at = unread.position();
        if (unread.get(at) != SocksMessage.VERSION_5) {
            throw new PeerViolation(
                    "the answer to the greeting begins with " + (unread.get(at) & 0xFF) + ", not 5",
                    Socks5Wire.SOURCE + " §3");
        }
        if (unread.remaining() < 2) {
            return null;
        }
        int method = unread.get(at + 1) & 0xFF;
        if (method != Method.NO_ACCEPTABLE && !offered.contains(method)) {
            throw new PeerViolation(
                    "the server chose method " + method + ", which was not offered", Socks5Wire.SOURCE + " §3");
        }
        phase = switch (method) {
            case Method.NO_ACCEPTABLE -> Phase.DONE;
            case Method.PASSWORD -> Phase.LOGIN;
            default -> Phase.REQUEST;
        };
        unread.position(at + 2);
        return new MethodChoice(method);
    }

    private @Nullable SocksMessage loginAnswer(ByteBuffer unread) {
        int at = unread.position();
        // RFC 1929 says 1, but there are servers that answer with the 5 of SOCKS; what counts is the status behind.
        if (unread.get(at) != Socks5Wire.LOGIN_VERSION && unread.get(at) != SocksMessage.VERSION_5) {
            throw new PeerViolation(
                    "the answer to the login begins with " + (unread.get(at) & 0xFF) + ", not 1",
                    Socks5Wire.LOGIN_SOURCE);
        }
        if (unread.remaining() < 2) {
            return null;
        }
        boolean accepted = unread.get(at + 1) == 0;
        phase = accepted ? Phase.REQUEST : Phase.DONE;
        unread.position(at + 2);
        return new LoginAnswer(accepted);
    }

    private @Nullable SocksMessage reply(ByteBuffer unread) {
        Reply reply = version == SocksMessage.VERSION_4 ? Socks4Wire.readReply(unread) : Socks5Wire.readReply(unread);
        if (reply != null) {
            phase = phase == Phase.REPLY && binding && reply.granted() ? Phase.SECOND_REPLY : Phase.DONE;
        }
        return reply;
    }

    /// Writes what the client says and goes on to the answer.
    @Override
    public void send(SocksMessage message, ByteSink sink) {
        switch (message) {
            case Greeting greeting -> greet(greeting, sink);
            case Login login -> {
                advance(Phase.LOGIN, Phase.LOGIN_ANSWER, "a login");
                sink.write(Socks5Wire.login(login));
            }
            case Request request -> ask(request, sink);
            case MethodChoice _, LoginAnswer _, Reply _ ->
                throw new IllegalArgumentException("a SOCKS client never sends " + message);
        }
    }

    private void greet(Greeting greeting, ByteSink sink) {
        for (int method : greeting.methods()) {
            if (method != Method.NONE && method != Method.PASSWORD) {
                throw new IllegalArgumentException("this client has no way to authenticate by method " + method);
            }
        }
        advance(Phase.GREETING, Phase.METHOD, "a greeting");
        offered = greeting.methods();
        sink.write(Socks5Wire.greeting(greeting));
    }

    private void ask(Request request, ByteSink sink) {
        if (request.version() != version) {
            throw new IllegalArgumentException("a request of version " + request.version() + " over SOCKS " + version);
        }
        advance(Phase.REQUEST, Phase.REPLY, "a request");
        binding = request.command() == Command.BIND;
        sink.write(version == SocksMessage.VERSION_4 ? Socks4Wire.request(request) : Socks5Wire.request(request));
    }

    private void advance(Phase from, Phase to, String what) {
        if (phase != from) {
            throw new IllegalStateException(what + " has no place in phase " + phase);
        }
        phase = to;
    }
}
