package bowline.device;

/// How the bits go over a serial line. Both ends must agree on it. Immutable; each method answers a changed copy.
///
///     SerialSettings.DEFAULT.baud(115_200).parity(Parity.EVEN)
///
/// A byte whose parity is wrong is received as 0, and so is a break.
///
/// @param baud bits a second, 50 to 16000000; any number that the device can do
/// @param dataBits bits of a byte, 5 to 8
/// @param parity the bit that checks them
/// @param stopBits bits between two bytes, 1 or 2
/// @param flowControl how an end says that it takes no more
public record SerialSettings(int baud, int dataBits, Parity parity, int stopBits, FlowControl flowControl) {
    static final int BAUD_MIN = 50;
    static final int BAUD_MAX = 16_000_000;
    static final int BITS_MIN = 5;
    static final int BITS_MAX = 8;
    static final int STOP_BITS_MAX = 2;

    /// The bit that checks a byte.
    public enum Parity {
        /// There is none.
        NONE,
        /// It makes the number of ones even.
        EVEN,
        /// It makes the number of ones odd.
        ODD,
        /// It is always one.
        MARK,
        /// It is always zero.
        SPACE
    }

    /// How an end says that it takes no more.
    public enum FlowControl {
        /// It does not; what it cannot take is lost.
        NONE,
        /// By the lines RTS and CTS.
        HARDWARE,
        /// By the bytes XOFF (19) and XON (17), which then cannot be sent as data.
        SOFTWARE
    }

    /// 9600 baud, 8 bits, no parity, one stop bit, no flow control.
    public static final SerialSettings DEFAULT = new SerialSettings(9600, 8, Parity.NONE, 1, FlowControl.NONE);

    /// Checks the ranges.
    ///
    /// @throws IllegalArgumentException if one is left
    public SerialSettings {
        require(baud, BAUD_MIN, BAUD_MAX, "baud");
        require(dataBits, BITS_MIN, BITS_MAX, "data bits");
        require(stopBits, 1, STOP_BITS_MAX, "stop bits");
    }

    private static void require(int value, int min, int max, String what) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    what + " of a serial line: " + value + " is not between " + min + " and " + max);
        }
    }

    /// With so many bits a second.
    public SerialSettings baud(int bitsPerSecond) {
        return new SerialSettings(bitsPerSecond, dataBits, parity, stopBits, flowControl);
    }

    /// With so many bits in a byte.
    public SerialSettings dataBits(int bits) {
        return new SerialSettings(baud, bits, parity, stopBits, flowControl);
    }

    /// Checked so.
    public SerialSettings parity(Parity newParity) {
        return new SerialSettings(baud, dataBits, newParity, stopBits, flowControl);
    }

    /// With so many bits between two bytes.
    public SerialSettings stopBits(int bits) {
        return new SerialSettings(baud, dataBits, parity, bits, flowControl);
    }

    /// With this flow control.
    public SerialSettings flowControl(FlowControl newFlowControl) {
        return new SerialSettings(baud, dataBits, parity, stopBits, newFlowControl);
    }

    /// `115200 8N1`, and the flow control if there is one.
    @Override
    public String toString() {
        String flow =
                flowControl == FlowControl.NONE ? "" : flowControl == FlowControl.HARDWARE ? " rtscts" : " xonxoff";
        return baud + " " + dataBits + parity.name().charAt(0) + stopBits + flow;
    }
}
