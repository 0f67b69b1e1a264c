package bowline.run;

import bowline.log.Logger;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Hears of the signals that come while the program is already stopping: the impatience of whoever waits (SIG-4). The
/// first one has ended the reactor's own interest in them, so this takes its place until the process ends.
///
/// The JDK's door to signals is in a module that warns whoever uses it, hence reflection.
final class SecondSignal {
    private static final Logger log = Logger.of(SecondSignal.class);
    private static final List<String> NAMES = List.of("INT", "TERM");

    private final IntConsumer further;
    private int count;

    private SecondSignal(IntConsumer further) {
        this.further = further;
    }

    /// Calls `further` from now on with 1, 2 … for each signal that comes, on a thread of the JVM.
    static void watch(IntConsumer further) {
        var watch = new SecondSignal(further);
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object receiver = Proxy.newProxyInstance(
                    SecondSignal.class.getClassLoader(),
                    new Class<?>[] {handler},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "handle" -> watch.arrived();
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> "second signal";
                    });
            for (String name : NAMES) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), receiver);
            }
        } catch (ReflectiveOperationException refused) {
            log.debug("further signals are not heard while stopping: {reason}", refused);
        }
    }

    private synchronized @Nullable Object arrived() {
        further.accept(++count);
        return null;
    }
}
