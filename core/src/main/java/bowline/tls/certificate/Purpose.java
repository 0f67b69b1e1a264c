package bowline.tls.certificate;

import bowline.tls.certificate.der.Oid;

/// What a certificate is shown for.
public enum Purpose {
    /// A server proves itself to its clients.
    SERVER("server", Oid.SERVER_AUTH),
    /// A client proves itself to a server.
    CLIENT("client", Oid.CLIENT_AUTH);

    private final String title;
    private final String identifier;

    Purpose(String title, String identifier) {
        this.title = title;
        this.identifier = identifier;
    }

    /// `server` or `client`.
    public String title() {
        return title;
    }

    /// Its object identifier among the extended key usages (RFC 5280 §4.2.1.12).
    public String identifier() {
        return identifier;
    }
}
