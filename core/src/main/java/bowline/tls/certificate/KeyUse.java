package bowline.tls.certificate;

/// What a key may be used for (RFC 5280 §4.2.1.3).
public enum KeyUse {
    /// To sign what is no certificate: handshakes.
    DIGITAL_SIGNATURE(0),
    /// To sign what one cannot deny later.
    NON_REPUDIATION(1),
    /// To encipher keys: RSA in TLS 1.2, of old.
    KEY_ENCIPHERMENT(2),
    /// To encipher data.
    DATA_ENCIPHERMENT(3),
    /// To agree on keys.
    KEY_AGREEMENT(4),
    /// To sign certificates.
    SIGN_CERTIFICATES(5),
    /// To sign lists of revoked certificates.
    SIGN_REVOCATIONS(6);

    private final int number;

    KeyUse(int number) {
        this.number = number;
    }

    /// Its bit in the extension, counted from 0.
    public int number() {
        return number;
    }
}
