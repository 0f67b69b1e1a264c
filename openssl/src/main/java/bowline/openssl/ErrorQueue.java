package bowline.openssl;

import bowline.openssl.library.Libcrypto;
import bowline.openssl.library.Memory;
import java.util.ArrayList;
import java.util.List;

/// What the library has to say about what has just failed on this thread. Its queue is emptied by this: an error that
/// is left there would be taken for one of the next connection.
final class ErrorQueue {
    /// An error of libssl has one of the numbers of `sslerr.h`.
    ///
    /// @param ofSsl whether libssl says so
    record Entry(boolean ofSsl, int reason, String words) {}

    private static final int LIBRARY_SHIFT = 23;
    private static final int LIBRARY_MASK = 0xFF;
    private static final int REASON_MASK = 0x7F_FFFF;
    private static final int ERR_LIB_SSL = 20;
    private static final long SYSTEM_FLAG = 0x8000_0000L;

    private ErrorQueue() {}

    /// Forgets what others left there.
    static void clear() {
        Libcrypto.clearErrors();
    }

    /// All of them, the oldest first.
    static List<Entry> take() {
        var errors = new ArrayList<Entry>();
        for (long code = Libcrypto.nextError(); code != 0; code = Libcrypto.nextError()) {
            errors.add(entry(code));
        }
        return errors;
    }

    private static Entry entry(long code) {
        long text = Libcrypto.reason(code);
        String words = text == 0 ? "error " + Long.toHexString(code) : Memory.text(text);
        boolean ofSsl = (code & SYSTEM_FLAG) == 0 && (code >> LIBRARY_SHIFT & LIBRARY_MASK) == ERR_LIB_SSL;
        return new Entry(ofSsl, (int) (code & REASON_MASK), words);
    }

    /// All of them in one line: `ee key too small`.
    static String words() {
        List<Entry> errors = take();
        return errors.isEmpty()
                ? "OpenSSL does not say why"
                : String.join("; ", errors.stream().map(Entry::words).distinct().toList());
    }
}
