package bowline.reactor.loop;

import bowline.protocol.Address;
import java.net.SocketAddress;
import java.util.Objects;

/// An abstract name of a UNIX socket (UNX-5), which Linux knows and the JDK does not.
public final class AbstractSocketAddress extends SocketAddress {
    private static final long serialVersionUID = 1;

    private final String name;

    /// @param name without the zero in front of it
    public AbstractSocketAddress(String name) {
        this.name = Objects.requireNonNull(name);
    }

    /// The name, without the zero in front of it.
    public String name() {
        return name;
    }

    Address.Unix address() {
        return new Address.Unix('\0' + name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AbstractSocketAddress same && same.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return address().toString();
    }
}
