package bowline.tls.endpoint;

import bowline.tls.engine.TlsVersion;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The many spellings of versions: `TLSv1.3`, `TLSv1_3`, `TLS1.3`, `1.3`, and pyOpenSSL's `TLSv1_2_METHOD`.
final class VersionNames {
    private static final String METHOD = "_METHOD";
    private static final List<String> OLD = List.of("SSLV2", "SSLV3", "SSLV23", "TLSV1", "TLSV1.0", "TLSV1.1");

    private VersionNames() {}

    /// Null if it is none that is spoken.
    static @Nullable TlsVersion read(String text) {
        return switch (canonical(text)) {
            case "TLSV1.2" -> TlsVersion.TLS_1_2;
            case "TLSV1.3" -> TlsVersion.TLS_1_3;
            default -> null;
        };
    }

    /// `TLSV1.2` for all its spellings.
    private static String canonical(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        name = name.endsWith(METHOD) ? name.substring(0, name.length() - METHOD.length()) : name;
        name = name.replace('_', '.');
        if (name.startsWith("TLS") && !name.startsWith("TLSV")) {
            name = "TLSV" + name.substring("TLS".length());
        }
        return !name.isEmpty() && Character.isDigit(name.charAt(0)) ? "TLSV" + name : name;
    }

    /// What is wrong with one that is not spoken, to be put behind "is".
    static String complaint(String text) {
        return OLD.contains(canonical(text))
                ? "older than what is safe (RFC 8996); there are TLSv1.2 and TLSv1.3"
                : "no version of TLS; there are TLSv1.2 and TLSv1.3";
    }

    /// Whether it stands for "whatever both sides can".
    static boolean isAny(String text) {
        return List.of("SSLV23", "TLS").contains(canonicalMethod(text));
    }

    private static String canonicalMethod(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        return name.endsWith(METHOD) ? name.substring(0, name.length() - METHOD.length()) : name;
    }
}
