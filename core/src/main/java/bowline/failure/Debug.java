package bowline.failure;

import org.jspecify.annotations.Nullable;

/// The debugging switch of the process: creation stacks, thread checks, poisoned buffers (UNH-4,
/// TIM-8, DEF-27). On with `-Dbowline.debug`, or `BOWLINE_DEBUG` in the environment; off by default, and
/// then it costs one flag test.
public final class Debug {
    private static volatile boolean enabled =
            isSet(System.getProperty("bowline.debug", System.getenv("BOWLINE_DEBUG")));

    private Debug() {}

    /// Whether debugging is on.
    public static boolean enabled() {
        return enabled;
    }

    /// Turns debugging on or off for what is created from now on.
    public static void enable(boolean on) {
        enabled = on;
    }

    private static boolean isSet(@Nullable String setting) {
        return setting != null && !setting.equals("false");
    }
}
