package bowline.tls.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The alerts by which a side of TLS says why it ends a connection (RFC 8446 §6, and those of RFC 5246 §7.2 that 1.2
/// has
/// besides), with what each means to the one who gets it.
public enum TlsAlert {
    /// 0
    CLOSE_NOTIFY(0, "it has no more to send"),
    /// 10
    UNEXPECTED_MESSAGE(10, "it got a message out of turn from us"),
    /// 20
    BAD_RECORD_MAC(20, "a record of ours was changed on its way, or was made with other keys"),
    /// 21, of old versions
    DECRYPTION_FAILED(21, "a record of ours cannot be deciphered"),
    /// 22
    RECORD_OVERFLOW(22, "a record of ours is too long"),
    /// 30, of old versions
    DECOMPRESSION_FAILURE(30, "a record of ours cannot be decompressed"),
    /// 40
    HANDSHAKE_FAILURE(
            40, "it has no version, cipher suite, group or signature scheme in common with us, or wants a certificate"),
    /// 41, of old versions
    NO_CERTIFICATE(41, "it has no certificate"),
    /// 42
    BAD_CERTIFICATE(42, "our certificate is damaged or its signature is wrong"),
    /// 43
    UNSUPPORTED_CERTIFICATE(43, "it cannot use our kind of certificate; another kind of key may help"),
    /// 44
    CERTIFICATE_REVOKED(44, "our certificate has been revoked; get a new one"),
    /// 45
    CERTIFICATE_EXPIRED(45, "our certificate is out of its time; renew it, or look at the clocks"),
    /// 46
    CERTIFICATE_UNKNOWN(46, "it does not accept our certificate; its log may say why"),
    /// 47
    ILLEGAL_PARAMETER(47, "something in our handshake is not allowed"),
    /// 48
    UNKNOWN_CA(48, "it does not know who signed our certificate; send the whole chain, or have it trust the authority"),
    /// 49
    ACCESS_DENIED(49, "our certificate is good, but does not let us in"),
    /// 50
    DECODE_ERROR(50, "it cannot read a message of ours"),
    /// 51
    DECRYPT_ERROR(51, "a signature or a check sum of our handshake is wrong"),
    /// 60, of old versions
    EXPORT_RESTRICTION(60, "our keys are too long for it"),
    /// 70
    PROTOCOL_VERSION(70, "it does not speak the versions of TLS that we offer"),
    /// 71
    INSUFFICIENT_SECURITY(71, "it wants stronger ciphers than we have"),
    /// 80
    INTERNAL_ERROR(80, "something went wrong on its side; its log may say what"),
    /// 86, RFC 7507
    INAPPROPRIATE_FALLBACK(86, "we came with a lower version than we could speak"),
    /// 90
    USER_CANCELED(90, "somebody there gave up"),
    /// 100, of TLS 1.2
    NO_RENEGOTIATION(100, "it does not renegotiate"),
    /// 109
    MISSING_EXTENSION(109, "our handshake lacks an extension that it needs"),
    /// 110
    UNSUPPORTED_EXTENSION(110, "our handshake has an extension that it did not ask for"),
    /// 111, RFC 6066
    CERTIFICATE_UNOBTAINABLE(111, "it could not fetch our certificate"),
    /// 112
    UNRECOGNIZED_NAME(112, "it has no certificate for the name that we asked for"),
    /// 113
    BAD_CERTIFICATE_STATUS_RESPONSE(113, "the OCSP response that we showed is not acceptable"),
    /// 114, RFC 6066
    BAD_CERTIFICATE_HASH_VALUE(114, "our certificate is not the one it expected"),
    /// 115
    UNKNOWN_PSK_IDENTITY(115, "it does not know our pre-shared key"),
    /// 116
    CERTIFICATE_REQUIRED(116, "it wants a certificate of us, and we showed none"),
    /// 120
    NO_APPLICATION_PROTOCOL(120, "it speaks none of the application protocols (ALPN) that we offer"),
    /// 121, RFC 9849
    ECH_REQUIRED(121, "it wants an encrypted ClientHello");

    private final int number;
    private final String meaning;

    TlsAlert(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /// On the wire.
    public int number() {
        return number;
    }

    /// As the RFC writes it: `unknown_ca`.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What it says to the one that it was sent to, as the end of a sentence about the peer.
    public String meaning() {
        return meaning;
    }

    /// The alert of this number, if it has one.
    public static Optional<TlsAlert> of(int number) {
        return Arrays.stream(values()).filter(alert -> alert.number == number).findFirst();
    }

    /// The alert of this name in the RFC, if there is one.
    public static Optional<TlsAlert> named(String wireName) {
        return Arrays.stream(values())
                .filter(alert -> alert.wireName().equals(wireName))
                .findFirst();
    }
}
