package bowline.linux.process;

import bowline.linux.system.Memory;
import bowline.linux.system.SystemCalls;
import bowline.process.WindowSize;
import java.lang.foreign.Arena;

/// The size of a terminal's window, as the kernel has it (`struct winsize`, ioctl_tty(2)).
final class WindowSizes {
    private static final long SET = 0x5414;
    private static final int BYTES = 8;
    private static final int COLUMNS = 2;

    private WindowSizes() {}

    /// Sets it; who is in the terminal's foreground gets SIGWINCH if it is another one.
    ///
    /// @return 0, or the negative of an error number
    static long set(SystemCalls system, int terminal, WindowSize size) {
        try (Arena arena = Arena.ofConfined()) {
            long window = Memory.allocate(arena, BYTES);
            Memory.putShort(window, size.rows());
            Memory.putShort(window + COLUMNS, size.columns());
            return system.control(terminal, SET, window);
        }
    }
}
