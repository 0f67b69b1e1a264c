package bowline.tls.hello;

import bowline.bytes.Ascii;
import bowline.machine.PeerViolation;
import java.util.Locale;

/// The name that a client asks for (RFC 6066 §3): one, of a host, as the DNS writes it.
///
/// Hyphens may stand anywhere and underscores too: such names exist, and nothing is done with them but a look-up.
final class ServerName {
    private static final String SOURCE = "TLS server_name, RFC 6066 §3";
    private static final int HOST_NAME = 0;
    private static final int NAME_MAX_BYTES = 253;
    private static final int LABEL_MAX_BYTES = 63;
    private static final int ADDRESS_PARTS = 4;

    private ServerName() {}

    /// In lower case.
    ///
    /// @throws PeerViolation if there is not one good name
    static String read(Vector extension) {
        Vector names = extension.vector16("server names", 1);
        extension.end();
        if (names.u8() != HOST_NAME) {
            throw violation("a server name that is not the name of a host", "decode_error");
        }
        String name = names.vector16("the server's name", 1).text();
        if (names.hasRemaining()) {
            throw violation("more than one server name", "decode_error");
        }
        check(name);
        return name.toLowerCase(Locale.ROOT);
    }

    private static void check(String name) {
        if (name.length() > NAME_MAX_BYTES) {
            throw wrong(name, "is longer than " + NAME_MAX_BYTES + " bytes");
        }
        if (name.endsWith(".")) {
            throw wrong(name, "ends with a dot");
        }
        if (!name.chars().allMatch(ServerName::allowed)) {
            throw wrong(name, "has other characters than letters, digits, '-', '_' and '.'");
        }
        int labels = 0;
        int numbers = 0;
        for (int from = 0; from <= name.length(); labels++) {
            int dot = name.indexOf('.', from);
            int end = dot < 0 ? name.length() : dot;
            if (end == from || end - from > LABEL_MAX_BYTES) {
                throw wrong(name, "has not 1 to " + LABEL_MAX_BYTES + " characters between its dots");
            }
            numbers += name.substring(from, end).chars().allMatch(c -> c >= '0' && c <= '9') ? 1 : 0;
            from = end + 1;
        }
        if (labels == ADDRESS_PARTS && numbers == ADDRESS_PARTS) {
            throw wrong(name, "is an address; those who connect to one ask for no name");
        }
    }

    private static boolean allowed(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-_.".indexOf(c) >= 0;
    }

    private static PeerViolation wrong(String name, String complaint) {
        return violation(
                "the server name " + Ascii.quote(name, NAME_MAX_BYTES) + ", which " + complaint, "illegal_parameter");
    }

    private static PeerViolation violation(String what, String alert) {
        return new PeerViolation("the client sent " + what, SOURCE, alert);
    }
}
