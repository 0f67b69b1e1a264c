package bowline.endpoint;

import java.net.IDN;
import java.text.Normalizer;

/// Host names as people write them, made fit for a look-up (RES-7).
public final class HostName {
    private static final int NAME_MAX_CHARS = 253;
    private static final int LABEL_MAX_CHARS = 63;

    private HostName() {}

    /// `host` in ASCII: if need be in NFC and then by IDNA.
    ///
    /// @throws IllegalArgumentException if it cannot be the name of a host
    public static String toAscii(String host) {
        String name = host.chars().allMatch(c -> c < 0x80) ? host : converted(host);
        String withoutRoot = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (withoutRoot.length() > NAME_MAX_CHARS) {
            throw refusal(host, "it is longer than " + NAME_MAX_CHARS + " characters");
        }
        for (String label : withoutRoot.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > LABEL_MAX_CHARS) {
                throw refusal(host, "between dots there are 1 to " + LABEL_MAX_CHARS + " characters");
            }
        }
        if (!name.chars().allMatch(HostName::allowed)) {
            throw refusal(host, "it has other characters than letters, digits, '-', '_' and '.'");
        }
        return name;
    }

    private static String converted(String host) {
        try {
            return IDN.toASCII(Normalizer.normalize(host, Normalizer.Form.NFC), IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException unconvertible) {
            throw refusal(host, String.valueOf(unconvertible.getMessage()));
        }
    }

    private static IllegalArgumentException refusal(String host, String complaint) {
        return new IllegalArgumentException("\"" + host + "\" is no host name: " + complaint);
    }

    private static boolean allowed(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-_.".indexOf(c) >= 0;
    }
}
