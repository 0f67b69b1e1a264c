package bowline.reactor.loop;

import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.InvalidAddressError;
import bowline.reactor.UnixDatagramOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a backend is told of a UNIX socket of datagrams that it shall make.
///
/// @param loop whose port it is
/// @param place where it is bound; null for nowhere
/// @param remote whom it is connected to; null for nobody
/// @param protocol who receives
public record UnixPackets(
        Loop loop,
        @Nullable ListeningPlace place,
        Address.@Nullable Unix remote,
        DatagramProtocol protocol,
        UnixDatagramOptions options) {

    /// Longest abstract name, in bytes: what `sun_path` has room for behind the zero.
    private static final int NAME_MAX_BYTES = 107;

    /// Checks that there is a protocol.
    public UnixPackets {
        Objects.requireNonNull(protocol);
    }

    /// One that anybody may send to.
    static UnixPackets bound(Loop loop, Address.Unix where, DatagramProtocol protocol, UnixDatagramOptions options) {
        if (options.bindAddress() != null) {
            throw new IllegalArgumentException("a bindAddress, " + options.bindAddress()
                    + ", is for a connected port; this one is bound to " + where);
        }
        return new UnixPackets(loop, place(loop, where, options), null, protocol, options);
    }

    /// One with a peer.
    static UnixPackets connected(
            Loop loop, Address.Unix remote, DatagramProtocol protocol, UnixDatagramOptions options) {
        Address.Unix own = options.bindAddress();
        return new UnixPackets(loop, own == null ? null : place(loop, own, options), remote, protocol, options);
    }

    private static ListeningPlace place(Loop loop, Address.Unix where, UnixDatagramOptions options) {
        return where.isAbstract()
                ? new AbstractPlace(UnixPaths.abstractName(where))
                : new UnixPlace(
                        UnixPaths.file(where),
                        options.mode(),
                        options.wantPid(),
                        loop.platform().socketFiles());
    }

    /// The system's address for one of ours.
    ///
    /// @throws InvalidAddressError if it is not one of a UNIX socket, or has no name
    static SocketAddress socket(Address address) {
        if (!(address instanceof Address.Unix where) || where.host().isEmpty()) {
            throw new InvalidAddressError(address.toString(), "a UNIX socket is reached by its path or abstract name");
        }
        if (where.isAbstract()) {
            AbstractSocketAddress name = UnixPaths.abstractName(where);
            if (name.name().getBytes(StandardCharsets.UTF_8).length > NAME_MAX_BYTES) {
                throw new InvalidAddressError(
                        address.toString(), "an abstract name has at most " + NAME_MAX_BYTES + " bytes");
            }
            return name;
        }
        Path path = UnixPaths.file(where);
        try {
            UnixPaths.checkLength(path);
        } catch (IOException tooLong) {
            throw new InvalidAddressError(address.toString(), String.valueOf(tooLong.getMessage()), tooLong);
        }
        return UnixDomainSocketAddress.of(path);
    }
}
