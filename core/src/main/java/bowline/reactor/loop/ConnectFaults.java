package bowline.reactor.loop;

import bowline.protocol.CannotListenError;
import bowline.protocol.ConnectBindError;
import bowline.protocol.ConnectError;
import bowline.protocol.ConnectionRefused;
import bowline.protocol.NoRouteError;
import bowline.protocol.TcpTimedOut;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.Locale;
import java.util.Objects;

/// What the system says about a failed connect or bind, in our words (CON-12, LIS-1).
final class ConnectFaults {

    private ConnectFaults() {}

    /// Why the connection to `remote` could not be made.
    static ConnectError connecting(InetSocketAddress remote, IOException cause) {
        String said = said(cause);
        String what = "cannot connect to " + SocketAddresses.tcp(remote) + ": " + said;
        if (cause instanceof BindException) {
            return binding("", cause);
        }
        if (cause instanceof NoRouteToHostException || mentions(said, "unreachable")) {
            return new NoRouteError(what, cause);
        }
        if (mentions(said, "refused")) {
            return new ConnectionRefused(what + "; is a server running there?", cause);
        }
        return mentions(said, "timed out") ? new TcpTimedOut(what, cause) : new ConnectError(what, cause);
    }

    /// The local address of a connection could not be taken.
    static ConnectBindError binding(String local, IOException cause) {
        return new ConnectBindError(
                "cannot connect from " + (local.isEmpty() ? "a local port" : local) + ": " + said(cause), cause);
    }

    /// The port could not be opened.
    static CannotListenError listening(String carrier, InetSocketAddress where, IOException cause) {
        String said = said(cause);
        String advice = said;
        if (mentions(said, "permission denied")) {
            advice = said + "; ports below 1024 need a privilege";
        } else if (mentions(said, "in use")) {
            advice = said + "; stop the program that listens there, or choose another port";
        } else if (mentions(said, "cannot assign")) {
            advice = said + "; this machine has no such address";
        }
        return new CannotListenError(
                carrier + ":" + where.getPort() + " on " + where.getAddress().getHostAddress(), advice, cause);
    }

    private static boolean mentions(String said, String words) {
        return said.toLowerCase(Locale.ROOT).contains(words);
    }

    private static String said(IOException cause) {
        return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    }
}
