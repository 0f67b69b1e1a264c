package bowline.run;

import bowline.failure.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Which plug-in did not load, and which jar it is in: a loader of services says what is wrong with a class, but rarely
/// where that came from. So the classes that jars name are looked at once more, for the one with that very fault.
///
/// @param name the class, or what else is known
/// @param place the jar or folder that names it
record BrokenPlugin(String name, String place) {
    private static final BrokenPlugin UNKNOWN = new BrokenPlugin("of a name that is not known", "class path");

    /// One that was made, and fails when it is asked.
    static BrokenPlugin of(Object provider) {
        Class<?> made = provider.getClass();
        CodeSource source = made.getProtectionDomain().getCodeSource();
        return new BrokenPlugin(
                made.getName(),
                source == null || source.getLocation() == null
                        ? UNKNOWN.place()
                        : source.getLocation().getPath());
    }

    /// Whose `fault` it is, one of a loader of `service`.
    static BrokenPlugin by(Throwable fault, Class<?> service) {
        ClassLoader loader = Objects.requireNonNullElse(
                Thread.currentThread().getContextClassLoader(), ClassLoader.getSystemClassLoader());
        try {
            for (URL list :
                    loader.resources("META-INF/services/" + service.getName()).toList()) {
                for (String name : names(list)) {
                    if (isBy(fault, name, loader)) {
                        return new BrokenPlugin(name, place(list));
                    }
                }
                if (isAbout(fault, list.toString())) {
                    return new BrokenPlugin("named wrongly", place(list));
                }
            }
        } catch (IOException unreadable) {
            // Nobody can say more than the fault itself does.
        }
        return UNKNOWN;
    }

    private static List<String> names(URL list) throws IOException {
        var names = new ArrayList<String>();
        try (var reader = new BufferedReader(new InputStreamReader(list.openStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int comment = line.indexOf('#');
                String name = (comment < 0 ? line : line.substring(0, comment)).strip();
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static boolean isBy(Throwable fault, String name, ClassLoader loader) {
        if (isAbout(fault, " " + name + " ")) { // "Provider NAME could not be instantiated"
            return true;
        }
        try {
            Class.forName(name, false, loader);
            return false;
        } catch (ClassNotFoundException | LinkageError again) {
            return again.getClass() == fault.getClass() && Objects.equals(again.getMessage(), fault.getMessage());
        }
    }

    private static boolean isAbout(Throwable fault, String words) {
        return String.valueOf(fault.getMessage()).contains(words);
    }

    private static String place(URL list) throws IOException {
        if (list.openConnection() instanceof JarURLConnection jar) {
            return jar.getJarFileURL().getPath();
        }
        String path = list.getPath();
        int end = path.indexOf("META-INF/services/");
        return end < 0 ? path : path.substring(0, end);
    }

    /// The deepest reason, for whom the names of the classes between are no help.
    static String reason(Throwable fault) {
        Throwable deepest = fault;
        for (int depth = 0; depth < 10 && deepest.getCause() != null; depth++) {
            deepest = deepest.getCause();
        }
        String message = Failure.of(deepest).message();
        return deepest.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    }
}
