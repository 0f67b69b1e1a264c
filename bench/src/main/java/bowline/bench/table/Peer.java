package bowline.bench.table;

import bowline.bench.server.Program;
import java.util.Map;
import java.util.function.Supplier;

/// Somebody in a table: a kind of server, on one way to do I/O.
///
/// @param name as in `bowline-uring`
/// @param programs what it runs for each service that it has; a supplier that throws [IllegalStateException] says
/// why it cannot run here
public record Peer(String name, Family family, Map<Service, Supplier<Program>> programs) {

    boolean serves(Service service) {
        return programs.containsKey(service);
    }
}
