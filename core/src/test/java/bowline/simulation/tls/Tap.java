package bowline.simulation.tls;

import bowline.policy.ProtocolWrapper;
import bowline.policy.WrappingFactory;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Lies on the wire, below everything, and adds up the bytes that come in.
///
/// @param <P> what is above
final class Tap<P extends Protocol> extends WrappingFactory<P> {
    private final MessageDigest digest;

    Tap(Factory<P> factory) {
        super(factory);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// Of all bytes so far.
    String sum() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    protected ProtocolWrapper<P> wrap(P inner, Address peer) {
        return new ProtocolWrapper<>(inner) {
            @Override
            public void dataReceived(ByteBuffer unread) {
                ByteBuffer seen = unread.duplicate();
                super.dataReceived(unread);
                digest.update(seen.limit(unread.position()));
            }
        };
    }
}
