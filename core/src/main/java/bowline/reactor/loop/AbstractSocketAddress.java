package bowline.reactor.loop;

import bowline.protocol.Address;

/// An abstract name of a UNIX socket (UNX-5), which Linux knows and the JDK does not.
public final class AbstractSocketAddress extends NamedSocketAddress {
    private static final long serialVersionUID = 1;

    /// @param name without the zero in front of it
    public AbstractSocketAddress(String name) {
        super(name);
    }

    @Override
    Address.Unix address() {
        return new Address.Unix('\0' + name());
    }
}
