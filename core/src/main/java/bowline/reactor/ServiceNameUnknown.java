package bowline.reactor;

/// No TCP port is known under a service's name (CON-1).
public final class ServiceNameUnknown extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /// @param service the name that was asked for
    public ServiceNameUnknown(String service) {
        super("no TCP port is known for the service \"" + service + "\"; give a number, or a name from "
                + ServiceNames.FILE);
    }
}
