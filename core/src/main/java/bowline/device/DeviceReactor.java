package bowline.device;

import bowline.reactor.Reactor;

/// A reactor that opens devices.
@FunctionalInterface
public interface DeviceReactor {

    /// What opens them. For the reactor's thread.
    Devices devices();

    /// The devices of that reactor.
    ///
    /// @param what is to be opened, for the complaint
    /// @throws UnsupportedOperationException if it has none
    static Devices of(Reactor reactor, String what) {
        if (reactor instanceof DeviceReactor able) {
            return able.devices();
        }
        throw new UnsupportedOperationException(what + ": this reactor opens no devices; those of bowline.linux do,"
                + " so put it on the path, and run with -Dbowline.reactor=uring or epoll on Linux");
    }
}
