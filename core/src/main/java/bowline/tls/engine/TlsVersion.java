package bowline.tls.engine;

/// The versions of TLS that are spoken (TLS-3 of the security rules: no older one).
public enum TlsVersion {
    /// RFC 5246.
    TLS_1_2("TLSv1.2"),
    /// RFC 8446.
    TLS_1_3("TLSv1.3");

    private final String standardName;

    TlsVersion(String standardName) {
        this.standardName = standardName;
    }

    /// As the JDK, OpenSSL and logs write it: `TLSv1.3`.
    public String standardName() {
        return standardName;
    }
}
