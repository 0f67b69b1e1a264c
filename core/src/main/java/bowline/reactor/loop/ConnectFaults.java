package bowline.reactor.loop;

import bowline.protocol.Address;
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
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/// What the system says about a failed connect or bind, in our words (CON-12, LIS-1).
final class ConnectFaults {

    private ConnectFaults() {}

    /// Why the connection to `remote` could not be made.
    static ConnectError connecting(Address remote, IOException cause) {
        String said = said(cause);
        String what = "cannot connect to " + remote + ": " + said;
        if (cause instanceof BindException) {
            return binding("", cause);
        }
        if (cause instanceof NoRouteToHostException || mentions(said, "unreachable")) {
            return new NoRouteError(what, cause);
        }
        if (mentions(said, "refused")) {
            return new ConnectionRefused(what + "; is a server running there?", cause);
        }
        if (mentions(said, "no such file")) {
            return new ConnectError(what + "; is a server running there, and is the path right?", cause);
        }
        return mentions(said, "timed out") ? new TcpTimedOut(what, cause) : new ConnectError(what, cause);
    }

    /// Why what is no socket could not be opened.
    static ConnectError opening(Address what, IOException cause) {
        return new ConnectError("cannot open " + what + ": " + said(cause), cause);
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

    /// The socket could not be made there.
    static CannotListenError listening(Path path, IOException cause) {
        String said = said(cause);
        String advice = said;
        if (mentions(said, "in use")) {
            advice = "there is a file already (" + said + "); stop the program that listens there, or remove what a"
                    + " dead one left; with a lock file (wantPid) that happens by itself";
        } else if (mentions(said, "permission denied")) {
            advice = said + "; who makes a socket must be allowed to write to its directory";
        } else if (mentions(said, "no such file")) {
            advice = said + "; its directory must be there";
        }
        return new CannotListenError("unix:" + path, advice, cause);
    }

    /// The abstract name could not be taken.
    static CannotListenError listening(AbstractSocketAddress name, IOException cause) {
        String said = said(cause);
        return new CannotListenError(
                name.toString(),
                mentions(said, "in use")
                        ? said + "; stop the program that listens there, or choose another name"
                        : said,
                cause);
    }

    private static boolean mentions(String said, String words) {
        return said.toLowerCase(Locale.ROOT).contains(words);
    }

    private static String said(IOException cause) {
        return switch (cause) {
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case NoSuchFileException absent -> "no such file as " + absent.getFile();
            default ->
                Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
        };
    }
}
