package bowline.tls.certificate;

import bowline.bytes.Ascii;
import java.net.IDN;
import java.net.InetAddress;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whom one means to speak with (RFC 9525 §6.1): what one was told to connect to, never what a look-up has answered
/// (TLS-1). A certificate must have it among its names.
public sealed interface ReferenceIdentity {

    /// A host by its name, in ASCII and lower case, without a dot at the end.
    record Dns(String name) implements ReferenceIdentity {
        @Override
        public String toString() {
            return name;
        }
    }

    /// A host by its address.
    record Address(InetAddress address) implements ReferenceIdentity {
        @Override
        public String toString() {
            return address.getHostAddress();
        }
    }

    /// Longest name of a host, in ASCII.
    int NAME_MAX_CHARS = 253;

    /// Longest part of it between dots.
    int LABEL_MAX_CHARS = 63;

    /// What people write: an address as digits (IPv6 also in brackets and with a zone, which is left away),
    /// else the name of a host, which is made ASCII by IDNA.
    ///
    /// @throws IllegalArgumentException if it is neither
    static ReferenceIdentity of(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (bare.indexOf(':') >= 0) {
            return literal(host, bare.indexOf('%') >= 0 ? bare.substring(0, bare.indexOf('%')) : bare);
        }
        if (!bare.isEmpty() && bare.chars().allMatch(c -> c == '.' || isDigit(c))) {
            return literal(host, bare);
        }
        return new Dns(ascii(host));
    }

    /// The name to ask a server for (SNI, RFC 6066 §3): none for an address (TLS-4).
    default @Nullable String serverName() {
        return this instanceof Dns(String name) ? name : null;
    }

    private static ReferenceIdentity literal(String host, String digits) {
        boolean shortened =
                digits.indexOf(':') < 0 && digits.chars().filter(c -> c == '.').count() != 3;
        try {
            if (!shortened) {
                return new Address(InetAddress.ofLiteral(digits));
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Told below.
        }
        throw refusal(host, "it is made like an address, but is none");
    }

    private static String ascii(String host) {
        String name = host.chars().allMatch(c -> c < 0x80) ? host : converted(host);
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (name.length() > NAME_MAX_CHARS) {
            throw refusal(host, "it is longer than " + NAME_MAX_CHARS + " characters");
        }
        String[] labels = name.split("\\.", -1);
        for (String label : labels) {
            if (label.isEmpty() || label.length() > LABEL_MAX_CHARS) {
                throw refusal(host, "between dots there are 1 to " + LABEL_MAX_CHARS + " characters");
            }
        }
        if (!name.chars().allMatch(c -> isDigit(c) || isLetter(c) || "-_.".indexOf(c) >= 0)) {
            throw refusal(host, "it has other characters than letters, digits, '-', '_' and '.'");
        }
        if (labels[labels.length - 1].chars().allMatch(ReferenceIdentity::isDigit)) {
            throw refusal(host, "its last part is a number, as in an address");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    private static String converted(String host) {
        try {
            return IDN.toASCII(Normalizer.normalize(host, Normalizer.Form.NFC), IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException unconvertible) {
            throw refusal(host, "IDNA cannot make it ASCII");
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static IllegalArgumentException refusal(String host, String complaint) {
        return new IllegalArgumentException(
                Ascii.quote(host, NAME_MAX_CHARS) + " is neither the name of a host nor an address: " + complaint);
    }
}
