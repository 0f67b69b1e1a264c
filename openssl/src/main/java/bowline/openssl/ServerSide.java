package bowline.openssl;

import bowline.openssl.library.Libcrypto;
import bowline.openssl.library.Libssl;
import bowline.openssl.library.Memory;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server's connection.
record ServerSide(OpensslServerContext context) implements Side {
    private static final int TLSEXT_NAMETYPE_HOST_NAME = 0;
    private static final int SSL_CTRL_SET_OCSP_RESPONSE = 71;
    private static final long NULL = 0;

    @Override
    public boolean isClient() {
        return false;
    }

    @Override
    public List<X509Certificate> resumedPeerCertificates() {
        return List.of();
    }

    @Override
    public List<X509Certificate> localCertificates(long connection, boolean resumed) {
        return context.common().localCertificates();
    }

    @Override
    public @Nullable String serverName(long connection) {
        return named(connection);
    }

    static @Nullable String named(long connection) {
        long name = Libssl.serverName(connection, TLSEXT_NAMETYPE_HOST_NAME);
        return name == NULL ? null : Memory.text(name);
    }

    @Override
    public boolean keep(long session, List<X509Certificate> peerCertificates, List<X509Certificate> localCertificates) {
        return false;
    }

    /// Hands the library the staple for the client.
    ///
    /// @return whether there is one
    boolean showStaple(long connection) {
        byte[] staple = context.staple();
        if (staple == null) {
            return false;
        }
        // The library frees it with the connection, so it must be its own memory.
        long at = Libcrypto.malloc(staple.length, NULL, 0);
        if (at == NULL) {
            return false;
        }
        Memory.put(at, staple);
        Libssl.control(connection, SSL_CTRL_SET_OCSP_RESPONSE, staple.length, at);
        return true;
    }

    /// Where in the client's list (RFC 7301 §3.1) the first of ours lies that it has, at its length; -1 for none.
    int selectProtocol(byte[] offered) {
        for (String ours : context.common().applicationProtocols()) {
            for (int at = 0; at < offered.length; at += 1 + Byte.toUnsignedInt(offered[at])) {
                if (protocol(offered, at).equals(ours)) {
                    return at;
                }
            }
        }
        return -1;
    }

    /// The client's list, for words.
    static List<String> protocols(byte[] offered) {
        var protocols = new ArrayList<String>();
        for (int at = 0; at < offered.length; at += 1 + Byte.toUnsignedInt(offered[at])) {
            protocols.add(protocol(offered, at));
        }
        return protocols;
    }

    private static String protocol(byte[] list, int at) {
        int count = Math.min(Byte.toUnsignedInt(list[at]), list.length - at - 1);
        return new String(list, at + 1, count, StandardCharsets.ISO_8859_1);
    }
}
