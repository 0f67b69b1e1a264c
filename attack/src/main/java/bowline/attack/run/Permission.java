package bowline.attack.run;

import bowline.endpoint.EndpointString;
import bowline.service.UsageError;
import java.net.InetAddress;
import java.util.Locale;

/// Who may be attacked without a word: this machine.
final class Permission {
    private Permission() {}

    /// @throws UsageError if `description` may lead to another machine, unless the user says that he may
    static void check(String where, String description, boolean given) {
        EndpointString endpoint;
        try {
            endpoint = EndpointString.parse(description);
        } catch (IllegalArgumentException unreadable) {
            throw new UsageError(where + ": " + unreadable.getMessage(), "write it as in tcp:host=127.0.0.1:port=8080");
        }
        if (!given && !staysHere(endpoint)) {
            throw new UsageError(
                    where + " " + endpoint.masked() + " is not plainly this machine",
                    "attack only what is yours: name a loopback address, as in tcp:host=127.0.0.1:port=8080; --i-may"
                            + " says that the target is yours, or that its owner has allowed it");
        }
    }

    private static boolean staysHere(EndpointString endpoint) {
        return switch (endpoint.type()) {
            case "unix" -> true;
            case "tcp" -> isLoopback(host(endpoint));
            default -> false; // it may go through another
        };
    }

    /// What the endpoint names as its host; empty if nothing.
    static String host(EndpointString endpoint) {
        String named = endpoint.named().get("host");
        return named != null
                ? named
                : endpoint.positional().isEmpty() ? "" : endpoint.positional().getFirst();
    }

    private static boolean isLoopback(String host) {
        if (host.toLowerCase(Locale.ROOT).equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
