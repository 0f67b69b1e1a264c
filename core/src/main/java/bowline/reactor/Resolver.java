package bowline.reactor;

import bowline.defer.Deferred;
import java.net.InetAddress;
import java.util.List;

/// Looks up the addresses of a name (section 15).
@FunctionalInterface
public interface Resolver {

    /// All addresses of `name`, in the resolver's order; an unknown name gives an empty list (RES-2).
    /// Cancelling the Deferred ends the look-up (RES-6).
    Deferred<List<InetAddress>> resolve(String name);
}
