package bowline.tls.hello;

import bowline.machine.PeerViolation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one whole ClientHello (RFC 8446 §4.1.2): as far as a server needs that chooses who answers. All else is the
/// engine's business, which reads it once more.
final class ClientHelloReader {
    private static final String SOURCE = "TLS ClientHello, RFC 8446 §4.1.2";
    private static final int RANDOM_BYTES = 32;
    private static final int SESSION_ID_MAX_BYTES = 32;

    private static final int SSL_3 = 0x0300;
    private static final int TLS_1_2 = 0x0303;
    private static final int TLS_1_3 = 0x0304;

    private static final int SERVER_NAME = 0;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int APPLICATION_PROTOCOLS = 16;
    private static final int SESSION_TICKET = 35;
    private static final int PRE_SHARED_KEY = 41;
    private static final int SUPPORTED_VERSIONS = 43;

    private final ClientHelloLimits limits;
    private final Set<Integer> extensions = new HashSet<>();

    private @Nullable String serverName;
    private List<String> applicationProtocols = List.of();
    private List<Integer> signatureSchemes = List.of();
    private List<Integer> versions = List.of();
    private boolean versionsTold;
    private boolean ticket;

    ClientHelloReader(ClientHelloLimits limits) {
        this.limits = limits;
    }

    /// @throws PeerViolation if it is none
    ClientHello read(byte[] message) {
        var hello = new Vector(message, 0, message.length, "the message");
        int version = legacyVersion(hello.u16());
        hello.skip(RANDOM_BYTES);
        boolean sessionId = sessionId(hello.vector8("the session's id", 0));
        List<Integer> cipherSuites = numbers(hello.vector16("cipher suites", 2));
        Vector compressions = hello.vector8("compression methods", 1);
        if (hello.hasRemaining()) {
            readExtensions(hello.vector16("extensions", 0));
        }
        hello.end();
        if (!versionsTold) {
            versions = List.of(Math.min(version, TLS_1_2));
        }
        boolean newest = versions.contains(TLS_1_3);
        checkCompressions(compressions, newest);
        // In 1.3 the id is there for the looks of it (RFC 8446 appendix D.4).
        boolean resuming = ticket || extensions.contains(PRE_SHARED_KEY) || (sessionId && !newest);
        return new ClientHello(serverName, applicationProtocols, signatureSchemes, versions, cipherSuites, resuming);
    }

    private static int legacyVersion(int version) {
        if (version <= SSL_3) {
            throw violation(
                    "a ClientHello of version 0x%04x, which is older than TLS".formatted(version), "protocol_version");
        }
        return version;
    }

    private static boolean sessionId(Vector id) {
        if (id.remaining() > SESSION_ID_MAX_BYTES) {
            throw violation("a session's id of " + id.remaining() + " bytes, where 32 are the most", "decode_error");
        }
        return id.hasRemaining();
    }

    /// "None" has to be among them, and in 1.3 alone.
    private static void checkCompressions(Vector methods, boolean newest) {
        boolean none = false;
        int count = methods.remaining();
        while (methods.hasRemaining()) {
            none |= methods.u8() == 0;
        }
        if (!none || (newest && count > 1)) {
            throw violation(
                    none ? "compression offered together with TLS 1.3" : "no offer to do without compression",
                    "illegal_parameter");
        }
    }

    // Extensions

    private void readExtensions(Vector all) {
        while (all.hasRemaining()) {
            int type = all.u16();
            Vector content = all.vector16("extension " + type, 0);
            checkPlace(type);
            readExtension(type, content);
        }
    }

    private void checkPlace(int type) {
        if (extensions.contains(PRE_SHARED_KEY)) {
            throw violation("extension " + type + " behind pre_shared_key, which is the last one", "illegal_parameter");
        }
        if (!extensions.add(type)) {
            throw violation("extension " + type + " twice", "illegal_parameter");
        }
        if (extensions.size() > limits.extensionsMax()) {
            throw violation(
                    "more than " + limits.extensionsMax() + " extensions, as many as the limit extensionsMax allows",
                    "decode_error");
        }
    }

    private void readExtension(int type, Vector content) {
        switch (type) {
            case SERVER_NAME -> serverName = ServerName.read(content);
            case SIGNATURE_ALGORITHMS -> {
                signatureSchemes = numbers(content.vector16("signature_algorithms", 2));
                content.end();
            }
            case APPLICATION_PROTOCOLS -> {
                applicationProtocols = protocols(content.vector16("application protocols", 2));
                content.end();
            }
            case SUPPORTED_VERSIONS -> {
                versions = numbers(content.vector8("supported_versions", 2));
                versionsTold = true;
                content.end();
            }
            case SESSION_TICKET -> ticket = content.hasRemaining();
            default -> {
                // the engine's business
            }
        }
    }

    // Lists

    private List<Integer> numbers(Vector list) {
        checkEntries(list.remaining() / 2);
        List<Integer> numbers = new ArrayList<>();
        while (list.hasRemaining()) {
            int number = list.u16();
            if (!grease(number)) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private List<String> protocols(Vector list) {
        List<String> protocols = new ArrayList<>();
        int count = 0;
        while (list.hasRemaining()) {
            checkEntries(++count);
            String name = list.vector8("the name of an application protocol", 1).text();
            if (name.length() != 2 || !grease((name.charAt(0) << Byte.SIZE) | name.charAt(1))) {
                protocols.add(name);
            }
        }
        return protocols;
    }

    private void checkEntries(int count) {
        if (count > limits.entriesMax()) {
            throw violation(
                    "a list of more than " + limits.entriesMax() + " entries, as many as the limit entriesMax allows",
                    "decode_error");
        }
    }

    /// Numbers that mean nothing and keep servers used to what they do not know: 0x0a0a, 0x1a1a … 0xfafa (RFC
    /// 8701).
    private static boolean grease(int number) {
        return (number & 0x0F0F) == 0x0A0A && number >> Byte.SIZE == (number & 0xFF);
    }

    static PeerViolation violation(String what, String alert) {
        return new PeerViolation("the client sent " + what, SOURCE, alert);
    }
}
