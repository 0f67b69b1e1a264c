package bowline.linux.socket;

import bowline.failure.Failure;
import bowline.linux.system.SystemCalls;
import bowline.protocol.Address;
import bowline.protocol.TransportLimits;
import bowline.reactor.ListenOptions;
import bowline.reactor.ReactorProvider;
import bowline.reactor.SharedPort;
import bowline.reactor.Sharing;
import bowline.reactor.SharingOptions;
import bowline.reactor.UnixListenOptions;
import bowline.reactor.loop.HandedOutPort;
import bowline.reactor.loop.ReusedPort;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the providers of all Linux backends share: whether the machine and the JVM allow them, and how their reactors
/// share ports.
public abstract class DescriptorProvider implements ReactorProvider {
    private @Nullable String obstacle;

    /// For a backend.
    protected DescriptorProvider() {}

    /// Does once what every reactor of the backend does, and undoes it.
    ///
    /// @throws IOException if the kernel does not let it
    protected abstract void attempt(SystemCalls system) throws IOException;

    /// Looked for once.
    @Override
    public final synchronized String obstacle() {
        String known = obstacle;
        if (known == null) {
            known = findObstacle();
            obstacle = known;
        }
        return known;
    }

    private String findObstacle() {
        String system = System.getProperty("os.name", "unknown");
        if (!system.equals("Linux")) {
            return "it needs Linux, and this is " + system;
        }
        Module module = DescriptorProvider.class.getModule();
        if (!module.isNativeAccessEnabled()) {
            String who = module.isNamed() ? module.getName() : "ALL-UNNAMED";
            return "the JVM forbids it to call the system; start it with --enable-native-access=" + who;
        }
        try {
            attempt(new SystemCalls());
            return "";
        } catch (IOException refused) {
            return "the system refuses it: " + Failure.of(refused).message();
        } catch (LinkageError | RuntimeException unusable) {
            Throwable cause = unusable.getCause() == null ? unusable : unusable.getCause();
            return Failure.of(cause).message();
        }
    }

    @Override
    public final List<Integer> processors() {
        return Processors.ofThread();
    }

    @Override
    public final void bindThread(List<Integer> processors) {
        Processors.bindThread(processors);
    }

    @Override
    public final SharedPort share(int port, ListenOptions options, SharingOptions sharing) {
        return sharing.sharing() == Sharing.REUSE_PORT
                ? new ReusedPort(port, options)
                : HandedOutPort.tcp(port, options, sharing);
    }

    @Override
    public final SharedPort share(Address.Unix where, UnixListenOptions options, SharingOptions sharing) {
        if (sharing.sharing() == Sharing.REUSE_PORT) {
            throw new UnsupportedOperationException("UNIX sockets, as " + where
                    + " is one, are not shared by SO_REUSEPORT, which is of TCP; share it by hand-off");
        }
        return HandedOutPort.unix(where, options, sharing, true);
    }

    @Override
    public final SharedPort share(int descriptor, TransportLimits limits, SharingOptions sharing) {
        if (sharing.sharing() == Sharing.REUSE_PORT) {
            throw new UnsupportedOperationException("one socket, as descriptor " + descriptor
                    + " is, cannot be shared by SO_REUSEPORT, which needs one for each; share it by hand-off");
        }
        return HandedOutPort.adopted(descriptor, limits, sharing);
    }
}
