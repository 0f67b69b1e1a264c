package bowline.tls.certificate.der;

/// Object identifiers of keys, signatures, certificates and what encrypts keys.
public final class Oid {
    /// RSA keys (RFC 8017 §A.1).
    public static final String RSA = "1.2.840.113549.1.1.1";
    /// RSA keys for PSS only (RFC 8017 §A.2.3).
    public static final String RSA_PSS = "1.2.840.113549.1.1.10";
    /// RSA signatures with SHA-256.
    public static final String SHA256_WITH_RSA = "1.2.840.113549.1.1.11";
    /// Keys on elliptic curves (RFC 5480 §2.1.1).
    public static final String EC = "1.2.840.10045.2.1";
    /// ECDSA with SHA-256 (RFC 5758 §3.2).
    public static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
    /// ECDSA with SHA-384.
    public static final String ECDSA_WITH_SHA384 = "1.2.840.10045.4.3.3";
    /// ECDSA with SHA-512.
    public static final String ECDSA_WITH_SHA512 = "1.2.840.10045.4.3.4";
    /// The curve P-256.
    public static final String P256 = "1.2.840.10045.3.1.7";
    /// The curve P-384.
    public static final String P384 = "1.3.132.0.34";
    /// The curve P-521.
    public static final String P521 = "1.3.132.0.35";
    /// Ed25519 (RFC 8410 §3).
    public static final String ED25519 = "1.3.101.112";
    /// Ed448.
    public static final String ED448 = "1.3.101.113";
    /// DSA keys.
    public static final String DSA = "1.2.840.10040.4.1";

    /// The name in a subject that people read (RFC 5280 §A.1).
    public static final String COMMON_NAME = "2.5.4.3";
    /// The organization in a subject.
    public static final String ORGANIZATION = "2.5.4.10";

    /// Extension: which key this is (RFC 5280 §4.2.1.2).
    public static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    /// Extension: what the key may be used for (RFC 5280 §4.2.1.3).
    public static final String KEY_USAGE = "2.5.29.15";
    /// Extension: under which names the subject is known (RFC 5280 §4.2.1.6).
    public static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    /// Extension: whether this is an authority (RFC 5280 §4.2.1.9).
    public static final String BASIC_CONSTRAINTS = "2.5.29.19";
    /// Extension: which names an authority may vouch for (RFC 5280 §4.2.1.10).
    public static final String NAME_CONSTRAINTS = "2.5.29.30";
    /// Extension: which key has signed (RFC 5280 §4.2.1.1).
    public static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    /// Extension: for what purposes (RFC 5280 §4.2.1.12).
    public static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    /// Extension: what TLS must have beside the certificate, a staple as a rule (RFC 7633).
    public static final String TLS_FEATURE = "1.3.6.1.5.5.7.1.24";

    /// Purpose: any.
    public static final String ANY_PURPOSE = "2.5.29.37.0";
    /// Purpose: servers of TLS.
    public static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    /// Purpose: clients of TLS.
    public static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    /// Purpose: answers about revocation.
    public static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    /// What an OCSP response is made of, in the usual case (RFC 6960 §4.2.1).
    public static final String OCSP_BASIC = "1.3.6.1.5.5.7.48.1.1";
    /// SHA-1, which OCSP names certificates by.
    public static final String SHA1 = "1.3.14.3.2.26";

    /// Encryption by a passphrase, in its present form (RFC 8018 §6.2).
    public static final String PBES2 = "1.2.840.113549.1.5.13";
    /// From a passphrase to a key (RFC 8018 §5.2).
    public static final String PBKDF2 = "1.2.840.113549.1.5.12";
    /// The same, harder on memory (RFC 7914 §7).
    public static final String SCRYPT = "1.3.6.1.4.1.11591.4.11";
    /// HMAC with SHA-1.
    public static final String HMAC_SHA1 = "1.2.840.113549.2.7";
    /// HMAC with SHA-224.
    public static final String HMAC_SHA224 = "1.2.840.113549.2.8";
    /// HMAC with SHA-256.
    public static final String HMAC_SHA256 = "1.2.840.113549.2.9";
    /// HMAC with SHA-384.
    public static final String HMAC_SHA384 = "1.2.840.113549.2.10";
    /// HMAC with SHA-512.
    public static final String HMAC_SHA512 = "1.2.840.113549.2.11";
    /// AES with a key of 128 bits, CBC.
    public static final String AES_128_CBC = "2.16.840.1.101.3.4.1.2";
    /// AES with a key of 192 bits, CBC.
    public static final String AES_192_CBC = "2.16.840.1.101.3.4.1.22";
    /// AES with a key of 256 bits, CBC.
    public static final String AES_256_CBC = "2.16.840.1.101.3.4.1.42";
    /// Triple DES, CBC: what was usual before.
    public static final String TRIPLE_DES_CBC = "1.2.840.113549.3.7";

    private Oid() {}
}
