package bowline.linux.device;

import bowline.device.ModemLines;
import bowline.device.SerialSettings;
import bowline.device.SerialSettings.FlowControl;
import bowline.device.SerialSettings.Parity;
import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.SystemCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// What a serial port can be told beside bytes (termios(3), ioctl_tty(2)): `struct termios2`, which takes any
/// speed, and the lines of a modem. Both kinds of processors share the numbers.
final class SerialLine {
    // Requests of ioctl
    private static final long GET_TERMIOS = 0x802C542AL;
    private static final long SET_TERMIOS = 0x402C542BL;
    private static final long FLUSH = 0x540B;
    private static final long OUTPUT_WAITING = 0x5411;
    private static final long EXCLUSIVE = 0x540C;
    private static final long NOT_EXCLUSIVE = 0x540D;
    private static final long GET_LINES = 0x5415;
    private static final long SET_LINES = 0x5416;
    private static final long CLEAR_LINES = 0x5417;
    private static final long BEGIN_BREAK = 0x5427;
    private static final long END_BREAK = 0x5428;

    static final int INPUT = 0;
    static final int OUTPUT = 1;

    // struct termios2: flags for input, output, control and the rest, then characters and speeds
    private static final int TERMIOS_BYTES = 44;
    private static final int CONTROL = 8;
    private static final int CHARACTERS = 17;
    private static final int INPUT_SPEED = 36;
    private static final int OUTPUT_SPEED = 40;
    private static final int INPUT_CHECKS_PARITY = 0x10;
    private static final int INPUT_XON = 0x400;
    private static final int INPUT_XOFF = 0x1000;
    private static final int BITS = 0x30;
    private static final int TWO_STOP_BITS = 0x40;
    private static final int RECEIVER = 0x80;
    private static final int PARITY = 0x100;
    private static final int PARITY_ODD = 0x200;
    private static final int HANG_UP_AT_CLOSE = 0x400;
    private static final int IGNORE_CARRIER = 0x800;
    private static final int ANY_SPEED = 0x1000;
    private static final int INPUT_SPEED_SHIFT = 16;
    private static final int PARITY_FIXED = 0x40000000;
    private static final int HARDWARE_FLOW = 0x80000000;

    /// What of the control flags says how the bits go.
    private static final int FRAME = BITS | TWO_STOP_BITS | PARITY | PARITY_ODD | PARITY_FIXED | HARDWARE_FLOW;

    private static final int AT_ONCE_TIME = 5;
    private static final int AT_LEAST = 6;
    private static final int START = 8;
    private static final int STOP = 9;
    private static final int XON = 17;
    private static final int XOFF = 19;

    /// A receiver follows a sender whose speed differs by this share, and no further.
    private static final double SPEED_TOLERANCE = 0.02;

    private static final Duration DRAIN_LOOK = Duration.ofMillis(10);

    private static final int DTR = 0x002;
    private static final int RTS = 0x004;
    private static final int CTS = 0x020;
    private static final int CARRIER = 0x040;
    private static final int RING = 0x080;
    private static final int DSR = 0x100;

    private final SystemCalls system;
    private final int descriptor;

    SerialLine(SystemCalls system, int descriptor) {
        this.system = system;
        this.descriptor = descriptor;
    }

    // How the bits go

    /// Sets it, and looks whether the device does so: it may refuse without a word.
    ///
    /// @throws IOException if it does not; it has what it had
    void set(SerialSettings settings) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long before = Memory.allocate(arena, TERMIOS_BYTES);
            Errno.check(system.control(descriptor, GET_TERMIOS, before));
            long wanted = Memory.allocate(arena, TERMIOS_BYTES);
            write(settings, wanted);
            Errno.check(system.control(descriptor, SET_TERMIOS, wanted));
            long got = Memory.allocate(arena, TERMIOS_BYTES);
            Errno.check(system.control(descriptor, GET_TERMIOS, got));
            if (differs(wanted, got)) {
                system.control(descriptor, SET_TERMIOS, before);
                throw new IOException("the device does not do " + settings);
            }
        }
    }

    /// Nothing of what comes is changed, echoed or taken for a command.
    private static void write(SerialSettings settings, long termios) {
        Memory.putInt(termios, inputFlags(settings));
        Memory.putInt(termios + CONTROL, controlFlags(settings));
        Memory.putByte(termios + CHARACTERS + AT_ONCE_TIME, 0);
        Memory.putByte(termios + CHARACTERS + AT_LEAST, 1); // with 0, nothing to read would look like the end
        Memory.putByte(termios + CHARACTERS + START, XON);
        Memory.putByte(termios + CHARACTERS + STOP, XOFF);
        Memory.putInt(termios + INPUT_SPEED, settings.baud());
        Memory.putInt(termios + OUTPUT_SPEED, settings.baud());
    }

    private static int inputFlags(SerialSettings settings) {
        int flow = settings.flowControl() == FlowControl.SOFTWARE ? INPUT_XON | INPUT_XOFF : 0;
        return settings.parity() == Parity.NONE ? flow : flow | INPUT_CHECKS_PARITY;
    }

    private static int controlFlags(SerialSettings settings) {
        int parity = switch (settings.parity()) {
            case NONE -> 0;
            case EVEN -> PARITY;
            case ODD -> PARITY | PARITY_ODD;
            case SPACE -> PARITY | PARITY_FIXED;
            case MARK -> PARITY | PARITY_FIXED | PARITY_ODD;
        };
        int bits = (settings.dataBits() - 5) << 4;
        int stop = settings.stopBits() == 2 ? TWO_STOP_BITS : 0;
        int flow = settings.flowControl() == FlowControl.HARDWARE ? HARDWARE_FLOW : 0;
        int speed = ANY_SPEED | ANY_SPEED << INPUT_SPEED_SHIFT;
        return parity | bits | stop | flow | speed | RECEIVER | HANG_UP_AT_CLOSE | IGNORE_CARRIER;
    }

    private static boolean differs(long wanted, long got) {
        boolean frame = ((Memory.getInt(wanted + CONTROL) ^ Memory.getInt(got + CONTROL)) & FRAME) != 0;
        double speed = Memory.getInt(wanted + OUTPUT_SPEED);
        return frame || Math.abs(Memory.getInt(got + OUTPUT_SPEED) / speed - 1) > SPEED_TOLERANCE;
    }

    /// Nobody else may open it from now on, but root.
    void exclusive() throws IOException {
        Errno.check(system.control(descriptor, EXCLUSIVE, 0));
    }

    /// Everybody may open it again, unless it is gone.
    void shared() {
        system.control(descriptor, NOT_EXCLUSIVE, 0);
    }

    /// Forgets what the system holds, [#INPUT] or [#OUTPUT].
    void forget(int which) {
        system.control(descriptor, FLUSH, which);
    }

    /// How many bytes the system has still to send.
    int outputWaiting() {
        try (Arena arena = Arena.ofConfined()) {
            long number = Memory.allocate(arena, Integer.BYTES);
            return system.control(descriptor, OUTPUT_WAITING, number) < 0 ? 0 : Memory.getInt(number);
        }
    }

    /// Waits until the system has sent everything, or drops what is left after that time. Then it is everybody's.
    void drain(Duration atMost) {
        long looks = atMost.dividedBy(DRAIN_LOOK);
        for (long look = 0; look < looks && outputWaiting() > 0; look++) {
            LockSupport.parkNanos(DRAIN_LOOK.toNanos());
        }
        forget(OUTPUT);
        shared();
    }

    // The lines beside the data

    ModemLines lines() {
        try (Arena arena = Arena.ofConfined()) {
            long lines = Memory.allocate(arena, Integer.BYTES);
            require(system.control(descriptor, GET_LINES, lines), "the lines of a modem");
            int set = Memory.getInt(lines);
            return new ModemLines((set & CTS) != 0, (set & DSR) != 0, (set & RING) != 0, (set & CARRIER) != 0);
        }
    }

    void dataTerminalReady(boolean on) {
        line(DTR, on, "the line DTR");
    }

    void requestToSend(boolean on) {
        line(RTS, on, "the line RTS");
    }

    private void line(int line, boolean on, String what) {
        try (Arena arena = Arena.ofConfined()) {
            long lines = Memory.allocate(arena, Integer.BYTES);
            Memory.putInt(lines, line);
            require(system.control(descriptor, on ? SET_LINES : CLEAR_LINES, lines), what);
        }
    }

    void breaking(boolean on) {
        require(system.control(descriptor, on ? BEGIN_BREAK : END_BREAK, 0), "a break");
    }

    private static void require(long result, String what) {
        if (result < 0) {
            throw new UnsupportedOperationException("the device refuses " + what + ": " + Errno.text(result));
        }
    }
}
