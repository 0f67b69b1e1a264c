package bowline.tls.hello;

import bowline.bytes.ByteSink;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Alerts in clear (RFC 8446 §6): what can be said to a peer before there is an engine; and their names and numbers.
public final class AlertRecord {
    private static final int ALERT = 21;
    private static final int VERSION = 0x0303;
    private static final int FATAL = 2;
    private static final int UNKNOWN = -1;

    /// By the names of RFC 8446 §6; those that have died out are there as they were called last.
    private static final Map<String, Integer> CODES = Map.ofEntries(
            Map.entry("close_notify", 0),
            Map.entry("unexpected_message", 10),
            Map.entry("bad_record_mac", 20),
            Map.entry("decryption_failed", 21),
            Map.entry("record_overflow", 22),
            Map.entry("decompression_failure", 30),
            Map.entry("handshake_failure", 40),
            Map.entry("no_certificate", 41),
            Map.entry("bad_certificate", 42),
            Map.entry("unsupported_certificate", 43),
            Map.entry("certificate_revoked", 44),
            Map.entry("certificate_expired", 45),
            Map.entry("certificate_unknown", 46),
            Map.entry("illegal_parameter", 47),
            Map.entry("unknown_ca", 48),
            Map.entry("access_denied", 49),
            Map.entry("decode_error", 50),
            Map.entry("decrypt_error", 51),
            Map.entry("export_restriction", 60),
            Map.entry("protocol_version", 70),
            Map.entry("insufficient_security", 71),
            Map.entry("internal_error", 80),
            Map.entry("inappropriate_fallback", 86),
            Map.entry("user_canceled", 90),
            Map.entry("no_renegotiation", 100),
            Map.entry("missing_extension", 109),
            Map.entry("unsupported_extension", 110),
            Map.entry("certificate_unobtainable", 111),
            Map.entry("unrecognized_name", 112),
            Map.entry("bad_certificate_status_response", 113),
            Map.entry("bad_certificate_hash_value", 114),
            Map.entry("unknown_psk_identity", 115),
            Map.entry("certificate_required", 116),
            Map.entry("general_error", 117),
            Map.entry("no_application_protocol", 120),
            Map.entry("ech_required", 121));

    private AlertRecord() {}

    /// Writes a record with a fatal alert, after which a connection ends.
    ///
    /// @param alert its name, as in `decode_error`
    /// @throws IllegalArgumentException if there is no such alert
    public static void writeFatal(String alert, ByteSink sink) {
        int code = code(alert);
        if (code == UNKNOWN) {
            throw new IllegalArgumentException(
                    "there is no alert \"" + alert + "\"; the alerts are " + new TreeMap<>(CODES).keySet());
        }
        sink.write(new byte[] {ALERT, VERSION >> Byte.SIZE, (byte) VERSION, 0, 2, FATAL, (byte) code});
    }

    /// The number of an alert; -1 if there is none of this name.
    public static int code(String alert) {
        return CODES.getOrDefault(alert, UNKNOWN);
    }

    /// The name of an alert by its number; null if it has none.
    public static @Nullable String name(int code) {
        for (Map.Entry<String, Integer> alert : CODES.entrySet()) {
            if (alert.getValue() == code) {
                return alert.getKey();
            }
        }
        return null;
    }
}
