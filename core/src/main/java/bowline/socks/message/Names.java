package bowline.socks.message;

import bowline.bytes.Ascii;
import java.nio.ByteBuffer;

/// Host names on the wire: bytes that are visible ASCII and nothing else (K1, G3).
final class Names {
    private static final int SHOWN = 40;

    private Names() {}

    /// All of `bytes`, 1 to 255 of them, as a name.
    static SocksHost.Name read(ByteBuffer bytes, String source) {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            if (!SocksHost.Name.visible(bytes.get(i))) {
                throw new SocksViolation(
                        "the host name " + Ascii.quote(bytes, SHOWN) + " has a byte that is not visible ASCII",
                        source,
                        ReplyCode.GENERAL_FAILURE);
            }
        }
        return new SocksHost.Name(Ascii.text(bytes));
    }

    static byte[] bytes(SocksHost.Name name) {
        return Ascii.bytes(name.name());
    }
}
