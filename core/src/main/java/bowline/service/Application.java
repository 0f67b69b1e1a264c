package bowline.service;

import bowline.reactor.Reactor;

/// The root of a program's services (SVC-5): started in two phases, stopped before the reactor shuts down.
///
///     Application app = new Application("poetry");
///     app.add(ServerService.of(reactor, "tcp:8080", factory));
///     app.startOn(reactor);
///     reactor.run();
public final class Application extends ServiceGroup {

    /// A root with a name.
    public Application(String name) {
        name(name);
    }

    /// Starts everything, privileged phase first, and has it stopped before the reactor shuts down (SVC-5,
    /// EVT-6). What a service throws when it starts is thrown here, after those already started were asked
    /// to stop.
    public void startOn(Reactor reactor) {
        try {
            privilegedStart();
            start();
        } catch (RuntimeException thrown) {
            stop();
            throw thrown;
        }
        reactor.addSystemEventTriggerDeferring("shutdown", this::stop);
        reactor.addToDescription("services", this::lines);
    }

    /// Makes sure that the program runs as `user`. The JVM cannot change its user once ports are open, as a
    /// program in C would, so for any other user this fails and says what to do instead (SVC-5).
    ///
    /// @throws UnsupportedOperationException unless it runs as that user already
    public void runAs(String user) {
        String present = System.getProperty("user.name");
        if (!user.equals(present)) {
            throw new UnsupportedOperationException("this runs as user \"" + present + "\" and the JVM cannot become \""
                    + user + "\"; start it as that user (systemd: User=), and for ports below 1024 give it"
                    + " CAP_NET_BIND_SERVICE (systemd: AmbientCapabilities=)");
        }
    }
}
