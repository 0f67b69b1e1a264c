package bowline.protocol;

import org.jspecify.annotations.Nullable;

/// An address that a datagram socket cannot use: a name where an address in numbers is wanted, an address of the
/// other family, none at all (UDP-1, UDP-4). The fault of the caller.
public class InvalidAddressError extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String address;

    /// @param address the address as it was given
    /// @param advice what is wrong with it and what to do
    public InvalidAddressError(String address, String advice) {
        this(address, advice, null);
    }

    /// @param address the address as it was given
    /// @param advice what is wrong with it and what to do
    public InvalidAddressError(String address, String advice, @Nullable Throwable cause) {
        super("cannot use the address \"" + address + "\": " + advice, cause);
        this.address = address;
    }

    /// The address as it was given.
    public String address() {
        return address;
    }
}
