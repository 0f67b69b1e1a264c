package bowline.protocol;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A multicast group could not be joined or left (UDP-11).
public class MulticastJoinError extends IOException {
    private static final long serialVersionUID = 1;

    private final String group;

    /// @param group the group as it was given
    /// @param networkInterface the interface as it was given; empty if none was
    /// @param advice what went wrong and what to do
    public MulticastJoinError(String group, String networkInterface, String advice, @Nullable Throwable cause) {
        super(
                "multicast group " + group + (networkInterface.isEmpty() ? "" : " on " + networkInterface) + ": "
                        + advice,
                cause);
        this.group = group;
    }

    /// The group as it was given.
    public String group() {
        return group;
    }
}
