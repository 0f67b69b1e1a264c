package bowline.tls.certificate;

import java.util.Base64;

/// One block of PEM (RFC 7468): what it is, and its bytes.
///
/// @param label what stands behind BEGIN, as in `CERTIFICATE`
/// @param line in which line of its file it begins, from 1
/// @param content what was in it
/// @param encrypted whether its own header says that it is encrypted, as OpenSSL did before PKCS #8
@SuppressWarnings("ArrayRecordComponent") // never compared
record PemBlock(String label, int line, byte[] content, boolean encrypted) {
    static final String CERTIFICATE = "CERTIFICATE";
    static final String PRIVATE_KEY = "PRIVATE KEY";

    private static final int LINE_CHARS = 64;

    /// Writes one, with lines of 64 characters.
    static String text(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(LINE_CHARS, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }
}
