package bowline.log;

import org.jspecify.annotations.Nullable;

/// Knows what this thread is just sending out to another log, so that what comes back of it by another way
/// is not taken for news (LGR-14). For bridges:
///
/// - the way out wraps each event in [#sendOut];
/// - the way in drops a text of which [#isBack] says that it is an echo.
///
/// It sees as far as one thread goes. A foreign log that delivers on threads of its own and leads back to
/// ours must be kept from that by its own settings.
public final class LogEcho {
    private static final ThreadLocal<@Nullable String> SENDING = new ThreadLocal<>();

    private LogEcho() {}

    /// Does `work`, which shows `text` to another log. What is logged meanwhile by this thread, be it that
    /// text or another, is not sent out in turn: a log that logs would never come to an end.
    public static void sendOut(String text, Runnable work) {
        if (SENDING.get() != null) {
            return;
        }
        SENDING.set(text);
        try {
            work.run();
        } finally {
            SENDING.remove();
        }
    }

    /// Whether this thread is just sending something out.
    public static boolean isSending() {
        return SENDING.get() != null;
    }

    /// Whether `text`, which has just come in, is what this thread is sending out.
    public static boolean isBack(String text) {
        return text.equals(SENDING.get());
    }
}
