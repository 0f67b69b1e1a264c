/// TLS by the OpenSSL 3 of the system, through `java.lang.foreign`.
module bowline.openssl {
    requires transitive bowline.core;
    requires static transitive org.jspecify;

    provides bowline.tls.engine.TlsProvider with
            bowline.openssl.OpensslProvider;
}
