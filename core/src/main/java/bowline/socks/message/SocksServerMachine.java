package bowline.socks.message;

import bowline.bytes.ByteSink;
import bowline.machine.Machine;
import bowline.socks.message.SocksMessage.Command;
import bowline.socks.message.SocksMessage.Greeting;
import bowline.socks.message.SocksMessage.Login;
import bowline.socks.message.SocksMessage.LoginAnswer;
import bowline.socks.message.SocksMessage.Method;
import bowline.socks.message.SocksMessage.MethodChoice;
import bowline.socks.message.SocksMessage.Reply;
import bowline.socks.message.SocksMessage.Request;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The server's side of SOCKS 4, 4a and 5; the first byte tells which (SOC-1, RFC 1928, RFC 1929). Pure: no socket,
/// clock or thread.
///
///     FIRST ─┬─ 4 ───────────────────────────────────────────▶ REQUEST_4 ─▶ REPLY ─▶ (BIND: SECOND_REPLY) ─▶ DONE
///            └─ 5 ─▶ GREETING ─▶ METHOD ─▶ (LOGIN ─▶ LOGIN_ANSWER) ─▶ REQUEST_5 ─▶ REPLY …
///
/// In METHOD, LOGIN_ANSWER, REPLY and SECOND_REPLY it is the server's turn: [#next] leaves what comes unread, so a
/// client may send ahead. When it is DONE what comes is the program's.
public final class SocksServerMachine implements Machine<SocksMessage> {

    private enum Phase {
        FIRST,
        GREETING,
        METHOD,
        LOGIN,
        LOGIN_ANSWER,
        REQUEST_4,
        REQUEST_5,
        REPLY,
        SECOND_REPLY,
        DONE
    }

    private final Socks4Reader four = new Socks4Reader();
    private Phase phase = Phase.FIRST;
    private @Nullable Request request;

    /// A server that knows nothing of its client yet.
    public SocksServerMachine() {}

    /// The client's next message; null when it is not all there, or when it is the server's turn.
    ///
    /// @throws SocksViolation if these bytes are not SOCKS; [#refuse] answers it
    @Override
    public @Nullable SocksMessage next(ByteBuffer unread) {
        if (!unread.hasRemaining()) {
            return null;
        }
        return switch (phase) {
            case FIRST -> first(unread);
            case GREETING -> arrived(Socks5Wire.readGreeting(unread), Phase.METHOD);
            case LOGIN -> arrived(Socks5Wire.readLogin(unread), Phase.LOGIN_ANSWER);
            case REQUEST_4 -> arrived(four.next(unread), Phase.REPLY);
            case REQUEST_5 -> arrived(Socks5Wire.readRequest(unread), Phase.REPLY);
            case METHOD, LOGIN_ANSWER, REPLY, SECOND_REPLY, DONE -> null;
        };
    }

    private @Nullable SocksMessage first(ByteBuffer unread) {
        byte version = unread.get(unread.position());
        phase = switch (version) {
            case SocksMessage.VERSION_4 -> Phase.REQUEST_4;
            case SocksMessage.VERSION_5 -> Phase.GREETING;
            default ->
                throw new SocksViolation(
                        "the first byte is " + (version & 0xFF) + "; a SOCKS client begins with 4 or 5",
                        Socks5Wire.SOURCE + " §3",
                        ReplyCode.GENERAL_FAILURE);
        };
        return next(unread);
    }

    private @Nullable SocksMessage arrived(@Nullable SocksMessage message, Phase then) {
        if (message != null) {
            phase = then;
            if (message instanceof Request asked) {
                request = asked;
            }
        }
        return message;
    }

    /// Writes the server's answer and goes on to what comes after it. A refusal ends the conversation.
    @Override
    public void send(SocksMessage message, ByteSink sink) {
        switch (message) {
            case MethodChoice(int method) -> choose(method, sink);
            case LoginAnswer(boolean accepted) -> answerLogin(accepted, sink);
            case Reply reply -> reply(reply, sink);
            case Greeting _, Login _, Request _ ->
                throw new IllegalArgumentException("a SOCKS server never sends " + message);
        }
    }

    private void choose(int method, ByteSink sink) {
        require(Phase.METHOD, "a choice of method");
        phase = switch (method) {
            case Method.NONE -> Phase.REQUEST_5;
            case Method.PASSWORD -> Phase.LOGIN;
            case Method.NO_ACCEPTABLE -> Phase.DONE;
            default -> throw new IllegalArgumentException("this server has no way to authenticate by method " + method);
        };
        sink.write(new byte[] {SocksMessage.VERSION_5, (byte) method});
    }

    private void answerLogin(boolean accepted, ByteSink sink) {
        require(Phase.LOGIN_ANSWER, "an answer to a login");
        phase = accepted ? Phase.REQUEST_5 : Phase.DONE;
        sink.write(new byte[] {Socks5Wire.LOGIN_VERSION, (byte) (accepted ? 0 : 1)});
    }

    private void reply(Reply reply, ByteSink sink) {
        Request asked = request;
        if (asked == null || (phase != Phase.REPLY && phase != Phase.SECOND_REPLY)) {
            throw new IllegalStateException("a reply has no place in phase " + phase);
        }
        if (reply.version() != asked.version()) {
            throw new IllegalArgumentException("a reply of version " + reply.version() + " to " + asked);
        }
        boolean another = phase == Phase.REPLY && reply.granted() && asked.command() == Command.BIND;
        phase = another ? Phase.SECOND_REPLY : Phase.DONE;
        sink.write(reply.version() == SocksMessage.VERSION_4 ? Socks4Wire.reply(reply) : Socks5Wire.reply(reply));
    }

    private void require(Phase wanted, String what) {
        if (phase != wanted) {
            throw new IllegalStateException(what + " has no place in phase " + phase);
        }
    }

    /// Writes the refusal that the conversation has at this point, if it has one, and ends it.
    public void refuse(ReplyCode code, ByteSink sink) {
        Phase refused = phase;
        phase = Phase.DONE;
        switch (refused) {
            case GREETING, METHOD -> sink.write(new byte[] {SocksMessage.VERSION_5, (byte) Method.NO_ACCEPTABLE});
            case LOGIN, LOGIN_ANSWER -> sink.write(new byte[] {Socks5Wire.LOGIN_VERSION, 1});
            case REQUEST_5 -> sink.write(Socks5Wire.reply(Reply.of(SocksMessage.VERSION_5, code, SocksAddress.NONE)));
            case REQUEST_4 -> sink.write(Socks4Wire.reply(Reply.of(SocksMessage.VERSION_4, code, SocksAddress.NONE)));
            case REPLY, SECOND_REPLY -> refuseRequest(code, sink);
            case FIRST, DONE -> {
                // Nothing that the peer could understand.
            }
        }
    }

    private void refuseRequest(ReplyCode code, ByteSink sink) {
        boolean isFour = request != null && request.version() == SocksMessage.VERSION_4;
        int version = isFour ? SocksMessage.VERSION_4 : SocksMessage.VERSION_5;
        Reply reply = Reply.of(version, code, SocksAddress.NONE);
        sink.write(isFour ? Socks4Wire.reply(reply) : Socks5Wire.reply(reply));
    }
}
