package bowline.reactor.loop;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import bowline.reactor.loop.Platform.Subscription;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The signals that end a program, told to every reactor that asked (section 14). The process has one
/// handler for each signal, so this is one for the process: the first subscriber installs the handlers,
/// the last one puts back what was there.
///
/// The JDK's door to signals, `sun.misc.Signal`, lies in a module that need not be there, so it is
/// opened by reflection. Without it a signal ends the JVM, and that end is told to the reactors and put off
/// until they have stopped (SIG-3). So is one by `System.exit`: called on a reactor's own thread it waits in
/// vain, for [#EXIT_WAIT].
final class Signals {
    private static final Logger log = Logger.of(Reactor.class);
    private static final List<String> NAMES = System.getProperty("os.name", "").startsWith("Windows")
            ? List.of("INT", "TERM", "BREAK")
            : List.of("INT", "TERM");

    /// How long the end of the JVM is put off at most.
    static final Duration EXIT_WAIT = Duration.ofSeconds(10);

    private static final Set<Consumer<@Nullable String>> subscribers = new LinkedHashSet<>();
    private static final Map<String, Object> replaced = new LinkedHashMap<>();
    private static @Nullable Thread exitHook;

    private Signals() {}

    /// Has `subscriber` called, on a thread of the JVM, with the name of each signal that comes, or with null when
    /// the JVM ends for a reason unknown.
    static synchronized Subscription subscribe(Consumer<@Nullable String> subscriber) {
        if (subscribers.isEmpty()) {
            install();
        }
        subscribers.add(subscriber);
        return () -> unsubscribe(subscriber);
    }

    private static synchronized void unsubscribe(Consumer<@Nullable String> subscriber) {
        if (subscribers.remove(subscriber) && subscribers.isEmpty()) {
            restore();
            Signals.class.notifyAll();
        }
    }

    private static void arrived(@Nullable String name) {
        List<Consumer<@Nullable String>> told;
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
            log.info(
                    "signals end this JVM, in order but unseen: module jdk.unsupported is not there ({reason})",
                    closed);
            exitHook = new Thread(() -> endInOrder(EXIT_WAIT), "bowline-exit");
            Runtime.getRuntime().addShutdownHook(exitHook);
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
        if (exitHook != null) {
            withdraw(exitHook);
            exitHook = null;
        }
    }

    /// Tells the reactors that the JVM ends, and waits until they have stopped.
    static void endInOrder(Duration wait) {
        arrived(null);
        long end = System.nanoTime() + wait.toNanos();
        synchronized (Signals.class) {
            try {
                for (long left = wait.toNanos(); left > 0 && !subscribers.isEmpty(); left = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(Signals.class, left);
                }
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void withdraw(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException itRunsNow) {
            // It is waiting for just this.
        }
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

        Object handler(Consumer<@Nullable String> receiver) {
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

        private @Nullable Object receive(Consumer<@Nullable String> receiver, Object[] arguments)
                throws ReflectiveOperationException {
            receiver.accept((String) name.invoke(arguments[0]));
            return null;
        }
    }
}
