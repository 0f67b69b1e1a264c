package bowline.service;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One `--name` that a service understands, as the runner shows and reads it (RUN-8).
///
///     ServiceOption.value("listen", "ENDPOINT", "where to accept connections").defaultsTo("tcp:7777").repeats()
///     ServiceOption.flag("quiet", "log no connections")
///
/// @param name the long name, without dashes: lower-case letters, digits and single dashes
/// @param label what stands for the value in the help, as in `ENDPOINT`; null for a flag
/// @param description what it does, in one or a few sentences
/// @param fallback the value when none is given; null: there is none
/// @param required whether a value must be given
/// @param repeatable whether it may be given more than once
public record ServiceOption(
        String name,
        @Nullable String label,
        String description,
        @Nullable String fallback,
        boolean required,
        boolean repeatable) {

    /// The name of [#auth].
    public static final String AUTH = "auth";

    /// Checks that the parts agree.
    public ServiceOption {
        Objects.requireNonNull(description);
        if (!plain(name)) {
            throw new IllegalArgumentException("option name \"" + name
                    + "\" is not made of lower-case letters, digits and single dashes between them");
        }
        if (label == null && (fallback != null || required || repeatable)) {
            throw new IllegalArgumentException("--" + name + " is a flag: it has no value, so it can neither have a"
                    + " default nor be required nor repeat");
        }
        if (required && fallback != null) {
            throw new IllegalArgumentException("--" + name + " is required, so its default would never be used");
        }
    }

    /// An option that is there or not.
    public static ServiceOption flag(String name, String description) {
        return new ServiceOption(name, null, description, null, false, false);
    }

    /// An option with a value, which need not be given and has no default.
    public static ServiceOption value(String name, String label, String description) {
        return new ServiceOption(name, Objects.requireNonNull(label), description, null, false, false);
    }

    /// `--auth TYPE:ARGUMENT`, once or more: who may come in (CRD-9). [ServiceArguments#checkers] reads it;
    /// where it is among a service's options the runner adds `--help-auth` and `--help-auth-type`.
    public static ServiceOption auth(String description) {
        return value(AUTH, "TYPE:ARGUMENT", description).repeats();
    }

    /// The same with a value for when none is given.
    public ServiceOption defaultsTo(String value) {
        return new ServiceOption(name, label, description, Objects.requireNonNull(value), required, repeatable);
    }

    /// The same, and a value must be given.
    public ServiceOption mustBeGiven() {
        return new ServiceOption(name, label, description, fallback, true, repeatable);
    }

    /// The same, and it may be given more than once.
    public ServiceOption repeats() {
        return new ServiceOption(name, label, description, fallback, required, true);
    }

    /// Whether it has no value.
    public boolean isFlag() {
        return label == null;
    }

    private static boolean plain(String name) {
        if (name.isEmpty() || name.startsWith("-") || name.endsWith("-") || name.contains("--")) {
            return false;
        }
        return name.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }
}
