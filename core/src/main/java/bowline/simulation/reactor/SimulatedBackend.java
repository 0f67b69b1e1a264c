package bowline.simulation.reactor;

import bowline.protocol.Address;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorProvider;
import bowline.reactor.SeededProgram;
import bowline.reactor.SharedPort;
import bowline.reactor.Sharing;
import bowline.reactor.SharingOptions;
import bowline.reactor.UnixListenOptions;
import bowline.reactor.loop.HandedOutPort;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The reactors of one program on a simulated host, for those who make several ([bowline.reactor.ReactorGroup]).
public final class SimulatedBackend implements ReactorProvider {
    private final SimulatedPlatform platform;
    private final SeededProgram program;
    private final BiFunction<SimulatedReactor, Runnable, Turns> runner;

    /// @param runner begins to run a reactor, and calls what it is given at its end
    public SimulatedBackend(SimulatedPlatform platform, BiFunction<SimulatedReactor, Runnable, Turns> runner) {
        this.platform = platform;
        program = platform.newProgram();
        this.runner = runner;
    }

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public int preference() {
        return Integer.MIN_VALUE;
    }

    @Override
    public String obstacle() {
        return "";
    }

    @Override
    public Reactor create() {
        return new SimulatedReactor(platform, program);
    }

    /// Its turns come when those of all others do; nobody can wait for its end but by letting time pass.
    @Override
    public Runnable runBeside(
            Reactor reactor, String name, boolean installSignalHandlers, Consumer<@Nullable Throwable> ended) {
        runner.apply((SimulatedReactor) reactor, () -> ended.accept(null)).begin();
        return () -> {};
    }

    @Override
    public SharedPort share(int port, ListenOptions options, SharingOptions sharing) {
        requireHandOff(sharing);
        return HandedOutPort.tcp(port, options, sharing);
    }

    @Override
    public SharedPort share(Address.Unix where, UnixListenOptions options, SharingOptions sharing) {
        requireHandOff(sharing);
        return HandedOutPort.unix(where, options, sharing, false);
    }

    private static void requireHandOff(SharingOptions sharing) {
        if (sharing.sharing() == Sharing.REUSE_PORT) {
            throw new UnsupportedOperationException(
                    "a simulated system does not share ports (SO_REUSEPORT); share them by hand-off");
        }
    }
}
