package bowline.run;

import bowline.log.Logger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Signals that come to this process.
///
/// The JDK's door to them is in a module that warns whoever uses it, hence reflection.
final class ProcessSignals {
    private static final Logger log = Logger.of(ProcessSignals.class);

    private ProcessSignals() {}

    /// Calls `heard` from now on, on a thread of the JVM, with the name of each of these signals that comes. A
    /// system that does not have one of them, or has another use for it, is left as it is.
    ///
    /// @return puts back what was there
    static Runnable hear(List<String> names, Consumer<String> heard) {
        Map<String, Object> replaced = new LinkedHashMap<>();
        try {
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object receiver = Proxy.newProxyInstance(
                    ProcessSignals.class.getClassLoader(),
                    new Class<?>[] {handler},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "handle" -> tell(heard, arguments[0]);
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> "signals told to the program";
                    });
            for (String name : names) {
                replaced.put(name, handle(name, receiver));
            }
        } catch (ReflectiveOperationException refused) {
            log.debug("the signals {names} are not all heard: {reason}", names, reason(refused));
        }
        return () -> putBack(replaced);
    }

    private static Object handle(String name, Object receiver) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
        return handle.invoke(null, signal.getConstructor(String.class).newInstance(name), receiver);
    }

    private static @Nullable Object tell(Consumer<String> heard, Object signal) throws ReflectiveOperationException {
        heard.accept((String) signal.getClass().getMethod("getName").invoke(signal));
        return null;
    }

    private static void putBack(Map<String, Object> replaced) {
        replaced.forEach((name, former) -> {
            try {
                handle(name, former);
            } catch (ReflectiveOperationException refused) {
                log.debug("the former handler of {name} is not put back: {reason}", name, reason(refused));
            }
        });
    }

    private static Throwable reason(ReflectiveOperationException refused) {
        return refused instanceof InvocationTargetException thrown ? thrown.getTargetException() : refused;
    }
}
