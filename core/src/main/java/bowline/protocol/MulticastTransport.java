package bowline.protocol;

import bowline.defer.Deferred;
import org.jspecify.annotations.Nullable;

/// A [DatagramTransport] that can hear and talk to multicast groups, of IPv4 and of IPv6 (UDP-10 to UDP-12).
///
/// An interface is named by its name (`eth0`) or by one of its addresses; an empty one leaves the choice to the
/// system's routes.
public interface MulticastTransport extends DatagramTransport {

    /// Joins a group on the interface that the system chooses.
    default Deferred<@Nullable Void> joinGroup(String group) {
        return joinGroup(group, "");
    }

    /// Joins a group: from then on its datagrams are received. Joining again changes nothing.
    ///
    /// @param group its address, or a name to be looked up
    /// @return fails with [MulticastJoinError]
    Deferred<@Nullable Void> joinGroup(String group, String networkInterface);

    /// Joins a group for the datagrams of one sender alone (RFC 4607).
    ///
    /// @return fails with [MulticastJoinError]
    Deferred<@Nullable Void> joinGroup(String group, String networkInterface, String source);

    /// Leaves a group wherever it was joined.
    default Deferred<@Nullable Void> leaveGroup(String group) {
        return leaveGroup(group, "");
    }

    /// Leaves a group, every sender of it, on an interface; on all if that is empty.
    ///
    /// @return fails with [MulticastJoinError], above all if the group was not joined there
    Deferred<@Nullable Void> leaveGroup(String group, String networkInterface);

    /// How many routers a datagram to a group may pass, and one more; 1 by default: it stays on this network.
    int ttl();

    /// Sets how far datagrams to a group may go, 0 to 255; 0 keeps them in this machine.
    void ttl(int hops);

    /// Whether programs on this machine, the sender's own port included, hear what is sent to a group they joined.
    /// On by default.
    boolean loopbackMode();

    /// Sets whether this machine hears what is sent from here to a group.
    void loopbackMode(boolean on);

    /// The name of the interface that datagrams to groups leave by; empty while the system chooses.
    String outgoingInterface();

    /// Sets the interface that datagrams to groups leave by.
    ///
    /// @return fails with [InvalidAddressError] if there is no such interface
    Deferred<@Nullable Void> outgoingInterface(String networkInterface);
}
