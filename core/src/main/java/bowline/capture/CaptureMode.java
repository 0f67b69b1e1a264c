package bowline.capture;

import java.util.Locale;

/// What is captured.
public enum CaptureMode {
    /// Nothing, at no cost: there is no layer.
    OFF,
    /// Every connection; each is written to a file when it ends.
    ON,
    /// Every connection, in memory; it is written when it ends with an error, or when an error was logged for it.
    ON_ERROR;

    /// The mode by its name: `off`, `on`, `on-error`.
    ///
    /// @throws IllegalArgumentException if there is none of that name
    public static CaptureMode named(String name) {
        for (CaptureMode mode : values()) {
            if (mode.toString().equals(name)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("there is no capture mode \"" + name + "\"; off, on and on-error are");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
