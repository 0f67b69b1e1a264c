package bowline.socks;

import bowline.cred.Anonymous;
import bowline.cred.Credentials;
import bowline.cred.Login;
import bowline.cred.Portal;
import bowline.cred.UsernamePassword;
import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.socks.message.SocksMessage.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who one client is, and what it may ask for: its login at the server's [Portal], from the choice of method to the
/// logout (RFC 1928 §3, CRD-4).
final class ClientSession {
    private static final Logger log = Logger.of(ClientSession.class);

    private final Portal portal;
    private @Nullable Login<RequestCheck> login;
    private String user = "";
    private boolean ended;

    ClientSession(Portal portal) {
        this.portal = portal;
    }

    /// How the client is to say who it is, of the ways that it offers: by its password, if both know that way.
    int method(List<Integer> offered) {
        if (offered.contains(Method.PASSWORD) && portal.takes(UsernamePassword.class)) {
            return Method.PASSWORD;
        }
        return offered.contains(Method.NONE) && takesAnonymous() ? Method.NONE : Method.NO_ACCEPTABLE;
    }

    /// Whether one may come in without saying who one is.
    boolean takesAnonymous() {
        return portal.takes(Anonymous.class);
    }

    boolean isLoggedIn() {
        return login != null;
    }

    /// Who has logged in; empty when it is nobody in particular.
    String user() {
        return user;
    }

    /// Fails with a [bowline.cred.LoginFailed] for a wrong password.
    Deferred<Login<RequestCheck>> logIn(String name, String password, Address client) {
        return logIn(new UsernamePassword(name, password), client).addCallback(admitted -> {
            user = name;
            return admitted;
        });
    }

    /// Fails with a [bowline.cred.LoginFailed] where the client has to say who it is.
    Deferred<Login<RequestCheck>> logInAnonymously(Address client) {
        return logIn(new Anonymous(), client);
    }

    private Deferred<Login<RequestCheck>> logIn(Credentials credentials, Address client) {
        return portal.login(credentials, client, RequestCheck.class).addCallback(admitted -> {
            login = admitted;
            if (ended) { // the client has gone in the meantime
                logOut(admitted);
                throw new CancelledError();
            }
            return admitted;
        });
    }

    /// Whether this user may ask for that.
    Deferred<Boolean> authorize(RelayRequest request) {
        Login<RequestCheck> admitted = login;
        if (admitted == null) {
            throw new AssertionError("a request of one who is not logged in");
        }
        return admitted.avatar().authorize(request);
    }

    /// The client has gone.
    void end() {
        ended = true;
        if (login != null) {
            logOut(login);
        }
    }

    private static void logOut(Login<RequestCheck> admitted) {
        try {
            admitted.logout();
        } catch (Exception broken) {
            log.failure("the logout of a client broke", Failure.of(broken));
        }
    }
}
