package bowline.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What happens when the engine's classes are loaded, before any is used: nothing.
class ClassLoadingTest {

    @Test
    @DisplayName("REA-13: loading every public class starts no thread, opens no socket and touches no standard stream")
    void touchesNoGlobal() throws Exception {
        Path classes = Path.of(Reactor.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> names = namesIn(classes);
        assertThat(names).hasSizeGreaterThan(100);
        Set<Thread> threads = Set.copyOf(Thread.getAllStackTraces().keySet());
        long sockets = openSockets();
        var out = System.out;
        var err = System.err;

        try (var apart = new URLClassLoader(new URL[] {classes.toUri().toURL()}, new OnlyThePlatform())) {
            for (String name : names) {
                // Hidden classes, and nested ones, may be holders that wait for first use.
                if (Modifier.isPublic(Class.forName(name, false, apart).getModifiers()) && !hidden(name)) {
                    Class.forName(name, true, apart);
                }
            }

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !threads.contains(thread))
                    .isEmpty();
            assertEquals(sockets, openSockets());
            assertEquals(out, System.out);
            assertEquals(err, System.err);
        }
    }

    /// Hides the classes that the tests themselves run on, so that all are loaded anew; annotations of others stay
    /// visible.
    private static final class OnlyThePlatform extends ClassLoader {
        OnlyThePlatform() {
            super(ClassLoadingTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("bowline.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    private static List<String> namesIn(Path classes) throws IOException {
        try (var files = Files.walk(classes)) {
            var names = new ArrayList<String>();
            files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .filter(name -> !name.contains("$"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace(File.separatorChar, '.'))
                    .forEach(names::add);
            return names;
        }
    }

    private static boolean hidden(String name) {
        return Stream.of("loop", "nio", "carrier", "threads")
                .anyMatch(room -> name.startsWith("bowline.reactor." + room + "."));
    }

    private static long openSockets() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        long sockets = 0;
        try (var entries = Files.newDirectoryStream(descriptors)) {
            for (Path entry : entries) {
                sockets += Files.isSymbolicLink(entry) && linkOf(entry).matches("socket:.*|.*eventpoll.*") ? 1 : 0;
            }
        }
        return sockets;
    }

    private static String linkOf(Path entry) {
        try {
            return Files.readSymbolicLink(entry).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
