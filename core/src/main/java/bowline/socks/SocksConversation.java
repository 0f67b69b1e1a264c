package bowline.socks;

import bowline.bytes.ByteSink;
import bowline.socks.message.SocksAddress;
import bowline.socks.message.SocksClientMachine;
import bowline.socks.message.SocksMessage;
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

/// Asks a SOCKS proxy to connect.
final class SocksConversation implements ProxyConversation {
    private final SocksClientMachine machine;
    private final Request request;
    private final @Nullable Login login;

    private SocksConversation(Request request, @Nullable Login login) {
        this.request = request;
        this.login = login;
        machine = new SocksClientMachine(request.version());
    }

    static SocksConversation five(SocksAddress destination, @Nullable Login login) {
        return new SocksConversation(new Request(SocksMessage.VERSION_5, Command.CONNECT, destination, ""), login);
    }

    static SocksConversation four(SocksAddress destination, String user) {
        return new SocksConversation(new Request(SocksMessage.VERSION_4, Command.CONNECT, destination, user), null);
    }

    @Override
    public void begin(ByteSink sink) {
        if (request.version() == SocksMessage.VERSION_4) {
            machine.send(request, sink);
        } else {
            List<Integer> methods = login == null ? List.of(Method.NONE) : List.of(Method.NONE, Method.PASSWORD);
            machine.send(new Greeting(methods), sink);
        }
    }

    @Override
    public boolean advance(ByteBuffer unread, ByteSink sink) throws ProxyError {
        for (SocksMessage said = machine.next(unread); said != null; said = machine.next(unread)) {
            switch (said) {
                case MethodChoice(int method) -> authenticate(method, sink);
                case LoginAnswer(boolean accepted) -> ask(accepted, sink);
                case Reply reply -> {
                    return granted(reply);
                }
                case Greeting _, Login _, Request _ -> throw new AssertionError("a proxy's message is read as " + said);
            }
        }
        return false;
    }

    private void authenticate(int method, ByteSink sink) throws ProxyError {
        if (method == Method.NO_ACCEPTABLE) {
            throw new ProxyError(
                    login == null ? "wants a user name and password" : "takes no user name and password",
                    Method.NO_ACCEPTABLE,
                    null);
        }
        if (method == Method.PASSWORD && login != null) {
            machine.send(login, sink);
        } else {
            machine.send(request, sink);
        }
    }

    private void ask(boolean accepted, ByteSink sink) throws ProxyError {
        if (!accepted) {
            throw new ProxyError("did not accept the user name and password", -1, null);
        }
        machine.send(request, sink);
    }

    private static boolean granted(Reply reply) throws ProxyError {
        if (!reply.granted()) {
            throw new ProxyError("refused: " + reply.meaning() + " (code " + reply.code() + ")", reply.code(), null);
        }
        return true;
    }
}
