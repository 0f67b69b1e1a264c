package bowline.reactor;

/// A socket that is to be adopted is of a kind that the reactor has no transport for (LIS-9).
public class UnsupportedAddressFamily extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int family;

    /// @param descriptor the socket's
    /// @param family the system's number for its kind of addresses, as `AF_…` of `<sys/socket.h>`
    /// @param supported the families that would do
    public UnsupportedAddressFamily(int descriptor, int family, String supported) {
        super("descriptor " + descriptor + " is a socket of the address family " + family
                + " (see <sys/socket.h>), which cannot be adopted here; this takes " + supported);
        this.family = family;
    }

    /// The system's number for its kind of addresses.
    public int family() {
        return family;
    }
}
