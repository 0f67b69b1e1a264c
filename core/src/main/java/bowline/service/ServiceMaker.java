package bowline.service;

import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import java.util.List;

/// Makes one kind of service from the command line: what `bowline NAME --option value` finds, by `ServiceLoader`
/// (RUN-9). A class with a public constructor without parameters, named in `module-info` (`provides`) and, for the
/// class path, in `META-INF/services/bowline.service.ServiceMaker`.
///
/// Its constructor runs whenever the runner starts, whatever service is wanted: it must do nothing.
public interface ServiceMaker {

    /// The word on the command line: lower-case letters, digits and dashes.
    String name();

    /// What it does, in one line without a full stop.
    String summary();

    /// The options it understands, in the order of the help.
    default List<ServiceOption> options() {
        return List.of();
    }

    /// Whole command lines for the help, each with what it does after `#`, as in
    /// `bowline echo --listen tcp:7777   # what comes in goes out again`.
    default List<String> examples() {
        return List.of();
    }

    /// A service that is not started yet. Nothing is opened here: ports are opened when it starts.
    ///
    /// @throws UsageError if a value cannot be used
    Service makeService(ServiceArguments arguments, Reactor reactor);

    /// The services for a group of reactors, not started yet, in the order of the reactors: each lives on its
    /// own. What they share must bear several threads. Unless overridden one alone, for the first reactor; the
    /// others have nothing of it to do.
    ///
    /// @throws UsageError if a value cannot be used
    default List<Service> makeServices(ServiceArguments arguments, ReactorGroup group) {
        return List.of(makeService(arguments, group.first()));
    }
}
