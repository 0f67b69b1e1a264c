package bowline.reactor.loop;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The signals that end a program, told to every reactor that asked (section 14). The process has one
/// handler for each signal, so this is one for the process: the first subscriber installs the handlers,
/// the last one puts back what was there.
///
/// The JDK's door to signals, `sun.misc.Signal`, lies in a module that need not be there, so it is
/// opened by reflection. Without it signals end the JVM as they always do (SIG-3).
final class Signals {
    private static final Logger log = Logger.of(Reactor.class);
    private static final List<String> NAMES = System.getProperty("os.name", "").startsWith("Windows")
            ? List.of("INT", "TERM", "BREAK")
            : List.of("INT", "TERM");
    private static final Set<Consumer<String>> subscribers = new LinkedHashSet<>();
    private static final Map<String, Object> replaced = new LinkedHashMap<>();

    private Signals() {}

    /// Ends with [#close].
    interface Subscription extends AutoCloseable {
        /// Nothing to end.
        Subscription NONE = () -> {};

        @Override
        void close();
    }

    /// Has `subscriber` called, on a thread of the JVM, with the name of each signal that comes.
    static synchronized Subscription subscribe(Consumer<String> subscriber) {
        if (subscribers.isEmpty()) {
            install();
        }
        subscribers.add(subscriber);
        return () -> unsubscribe(subscriber);
    }

    private static synchronized void unsubscribe(Consumer<String> subscriber) {
        if (subscribers.remove(subscriber) && subscribers.isEmpty()) {
            restore();
        }
    }

    private static void arrived(String name) {
        List<Consumer<String>> told;
        synchronized (Signals.class) {
            told = new ArrayList<>(subscribers);
        }
        told.forEach(subscriber -> subscriber.accept(name));
    }

    private static void install() {
        Door door;
        try {
            door = new Door();
        } catch (ReflectiveOperationException closed) {
            log.info("signals end this JVM at once: module jdk.unsupported is not there ({reason})", closed);
            return;
        }
        for (String name : NAMES) {
            try {
                Object former = door.handle(name, door.handler(Signals::arrived));
                if (name.equals("INT") && !isOfTheJdk(former)) {
                    door.handle(name, former); // somebody else's handler stays (SIG-1)
                } else {
                    replaced.put(name, former);
                }
            } catch (ReflectiveOperationException | IllegalArgumentException refused) {
                // Not every system has every signal, and -Xrs keeps them all from us.
                log.debug(
                        "signal {name} is not handled: {reason}",
                        name,
                        Failure.of(refused).message());
            }
        }
    }

    private static boolean isOfTheJdk(Object handler) throws ReflectiveOperationException {
        boolean ignored = handler
                == Door.type("sun.misc.SignalHandler").getField("SIG_IGN").get(null);
        return !ignored && handler.getClass().getName().startsWith("sun.misc.");
    }

    private static void restore() {
        replaced.forEach((name, former) -> {
            try {
                new Door().handle(name, former);
            } catch (ReflectiveOperationException | IllegalArgumentException refused) {
                log.failure("the former handler of signal {name} could not be put back", Failure.of(refused), name);
            }
        });
        replaced.clear();
    }

    /// `sun.misc.Signal`, by name.
    private static final class Door {
        private final Class<?> handlerType = type("sun.misc.SignalHandler");
        private final Constructor<?> signal = type("sun.misc.Signal").getConstructor(String.class);
        private final Method handle = type("sun.misc.Signal").getMethod("handle", type("sun.misc.Signal"), handlerType);
        private final Method name = type("sun.misc.Signal").getMethod("getName");

        Door() throws ReflectiveOperationException {}

        static Class<?> type(String name) throws ClassNotFoundException {
            return Class.forName(name);
        }

        Object handle(String signalName, Object handler) throws ReflectiveOperationException {
            try {
                return handle.invoke(null, signal.newInstance(signalName), handler);
            } catch (java.lang.reflect.InvocationTargetException refused) {
                throw new IllegalArgumentException(refused.getCause());
            }
        }

        Object handler(Consumer<String> receiver) {
            return Proxy.newProxyInstance(
                    Signals.class.getClassLoader(),
                    new Class<?>[] {handlerType},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "handle" -> receive(receiver, arguments);
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> "signals told to reactors";
                    });
        }

        private @Nullable Object receive(Consumer<String> receiver, Object[] arguments)
                throws ReflectiveOperationException {
            receiver.accept((String) name.invoke(arguments[0]));
            return null;
        }
    }
}
